package theater.laptop.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.auth.Attributes;
import theater.laptop.api.auth.Rbac;
import theater.laptop.api.auth.User;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.StatusException;

/// `kubectl auth can-i`, `can-i --list` and `whoami`: questions that are posted and not kept; about
/// somebody else (SubjectAccessReview) only from those who may ask.
record ReviewHandler(Rbac rbac) {

  void post(Exchange exchange, List<String> parts) {
    if (parts.size() != 4 || exchange.user == null) {
      throw StatusException.noSuchPath();
    }
    ObjectNode review = Json.object();
    switch (parts.get(3)) {
      case "selfsubjectaccessreviews" ->
          access(exchange, review, "SelfSubjectAccessReview", exchange.user);
      case "subjectaccessreviews" -> {
        if (!rbac.allowed(
            exchange.user,
            new Attributes("create", "authorization.k8s.io", parts.get(3), "", "", ""))) {
          throw new StatusException(
              403,
              "Forbidden",
              "subjectaccessreviews.authorization.k8s.io is forbidden: User \""
                  + exchange.user.name()
                  + "\" cannot create resource \"subjectaccessreviews\" in API group \"authorization.k8s.io\" at the cluster scope",
              null);
        }
        JsonNode spec = Bodies.object(exchange).path("spec");
        List<String> groups = new ArrayList<>();
        spec.path("groups").forEach(group -> groups.add(group.asText()));
        access(exchange, review, "SubjectAccessReview", new User(Json.text(spec, "user"), groups));
      }
      case "selfsubjectrulesreviews" -> rules(exchange, review);
      case "selfsubjectreviews" -> {
        review
            .put("kind", "SelfSubjectReview")
            .put("apiVersion", "authentication.k8s.io/v1")
            .putObject("metadata");
        ObjectNode info =
            review.putObject("status").putObject("userInfo").put("username", exchange.user.name());
        exchange.user.groups().forEach(info.putArray("groups")::add);
      }
      default -> throw StatusException.noSuchPath();
    }
    exchange.send(201, review);
  }

  private void access(Exchange exchange, ObjectNode review, String kind, User user) {
    JsonNode spec = Bodies.object(exchange).path("spec");
    JsonNode resource = spec.path("resourceAttributes");
    JsonNode path = spec.path("nonResourceAttributes");
    String part = Json.text(resource, "subresource");
    Attributes wanted =
        path.isObject()
            ? Attributes.nonResource(Json.text(path, "verb"), Json.text(path, "path"))
            : new Attributes(
                Json.text(resource, "verb"),
                Json.text(resource, "group"),
                Json.text(resource, "resource") + (part.isEmpty() ? "" : "/" + part),
                Json.text(resource, "namespace"),
                Json.text(resource, "name"),
                "");
    review.put("kind", kind).put("apiVersion", "authorization.k8s.io/v1").putObject("metadata");
    review.set("spec", spec);
    review.putObject("status").put("allowed", rbac.allowed(user, wanted));
  }

  private void rules(Exchange exchange, ObjectNode review) {
    String namespace = Json.text(Bodies.object(exchange), "spec", "namespace");
    review
        .put("kind", "SelfSubjectRulesReview")
        .put("apiVersion", "authorization.k8s.io/v1")
        .putObject("metadata");
    review.putObject("spec").put("namespace", namespace);
    ObjectNode status = review.putObject("status").put("incomplete", false);
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode others = status.putArray("nonResourceRules");
    if (exchange.user.master()) {
      ObjectNode all = resources.addObject();
      List.of("verbs", "apiGroups", "resources").forEach(field -> all.putArray(field).add("*"));
      ObjectNode paths = others.addObject();
      List.of("verbs", "nonResourceURLs").forEach(field -> paths.putArray(field).add("*"));
    }
    for (JsonNode rule : rbac.rules(exchange.user, namespace)) {
      (rule.has("nonResourceURLs") ? others : resources).add(rule);
    }
  }
}
