package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// `proxy-config secret`.
final class Secrets {
  private static final int URI = 6;

  private Secrets() {}

  private record Item(String name, String state, Optional<X509Certificate> certificate) {}

  static String table(Dump dump, Instant now, boolean typed) {
    List<Item> items = new ArrayList<>();
    JsonNode section = dump.section("SecretsConfigDump");
    section.path("dynamic_warming_secrets").forEach(one -> items.add(item(one, "WARMING")));
    section.path("dynamic_active_secrets").forEach(one -> items.add(item(one, "ACTIVE")));
    if (items.isEmpty()) {
      return "No active or warming secrets found.\n";
    }
    boolean domains = items.stream().noneMatch(item -> trustDomain(item).isEmpty());
    List<String> headers =
        new ArrayList<>(
            List.of(
                "RESOURCE NAME",
                "TYPE",
                "STATUS",
                "VALID CERT",
                "SERIAL NUMBER",
                "NOT AFTER",
                "NOT BEFORE"));
    if (domains) {
      headers.add("TRUST DOMAIN");
    }
    Table table = new Table(5, headers.toArray(String[]::new));
    for (Item item : items) {
      List<Object> cells = new ArrayList<>();
      cells.add((typed ? "secret/" : "") + item.name());
      cells.addAll(certificate(item, now));
      if (domains) {
        cells.add(trustDomain(item));
      }
      table.row(cells.toArray());
    }
    return table.toString();
  }

  private static List<Object> certificate(Item item, Instant now) {
    if (item.certificate().isEmpty()) {
      return List.of("", item.state(), false, "", "", "");
    }
    X509Certificate certificate = item.certificate().get();
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    return List.of(
        certificate.getBasicConstraints() >= 0 ? "CA" : "Cert Chain",
        item.state(),
        now.isAfter(from) && now.isBefore(to),
        "%032x".formatted(certificate.getSerialNumber()),
        to.truncatedTo(ChronoUnit.SECONDS),
        from.truncatedTo(ChronoUnit.SECONDS));
  }

  private static Item item(JsonNode one, String state) {
    JsonNode secret = one.path("secret");
    JsonNode chain = secret.at("/tls_certificate/certificate_chain");
    JsonNode source = chain.isMissingNode() ? secret.at("/validation_context/trusted_ca") : chain;
    String told =
        one.path("version_info").asText().equals("uninitialized") ? "UNINITIALIZED" : state;
    return new Item(one.path("name").asText(), told, certificate(source));
  }

  private static Optional<X509Certificate> certificate(JsonNode source) {
    byte[] pem =
        source.has("inline_bytes")
            ? Base64.getDecoder().decode(source.path("inline_bytes").asText())
            : source.path("inline_string").asText("").getBytes(StandardCharsets.US_ASCII);
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      Collection<?> all = factory.generateCertificates(new ByteArrayInputStream(pem));
      return all.stream().map(X509Certificate.class::cast).findFirst();
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  /// Of the SPIFFE id in the certificate; empty when it has none.
  private static String trustDomain(Item item) {
    try {
      if (item.certificate().isEmpty()
          || item.certificate().get().getSubjectAlternativeNames() == null) {
        return "";
      }
      for (List<?> name : item.certificate().get().getSubjectAlternativeNames()) {
        String text = String.valueOf(name.get(1));
        if (name.getFirst().equals(URI) && text.startsWith("spiffe://")) {
          return text.substring(9, text.indexOf('/', 9));
        }
      }
      return "";
    } catch (CertificateException e) {
      return "";
    }
  }
}
