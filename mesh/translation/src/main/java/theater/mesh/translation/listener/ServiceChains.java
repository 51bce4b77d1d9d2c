package theater.mesh.translation.listener;

import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.translation.security.CidrBlock;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ServicePort;

/// Where a sidecar sends connections to a service's port that is not HTTP. Istio:
/// VirtualService.tls, by the name that the caller asks for, where the port's protocol is TLS or
/// HTTPS; VirtualService.tcp, by the destination's address, where it is another. All rules for the
/// host are read, in their order; without one that fits connections go to the service.
final class ServiceChains {
  private final Sight sight;
  private final TcpRoutes tcp;

  ServiceChains(Sight sight, TcpRoutes tcp) {
    this.sight = sight;
    this.tcp = tcp;
  }

  /// The chains in the order of the rules, the one for everything else last, if there is one.
  ///
  /// @param shared whether other services listen at the same place, so that only the name tells
  ///   them apart
  /// @param block the service's addresses where it has many, for rules without their own
  List<FilterChain.Builder> of(
      RegistryService service, ServicePort port, boolean shared, Optional<CidrRange> block) {
    FilterChainMatch.Builder all = FilterChainMatch.newBuilder();
    block.ifPresent(all::addPrefixRanges);
    return Protocol.of(port) == Protocol.TLS
        ? bySni(service, port, shared, all.build())
        : byAddress(service, port, all.build());
  }

  private List<FilterChain.Builder> bySni(
      RegistryService service, ServicePort port, boolean shared, FilterChainMatch all) {
    List<FilterChain.Builder> result = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Rule rule : sight.virtualServices().layer4ForHost(service.host())) {
      for (SpecNode tls : rule.spec().at("tls").items()) {
        for (SpecNode match : tls.at("match").items()) {
          List<String> names = fits(match, port.number()) ? names(match, all, taken) : List.of();
          if (!names.isEmpty()) {
            FilterChainMatch.Builder condition = subnets(match.at("destinationSubnets"), null);
            if (condition.getPrefixRangesCount() == 0) {
              condition.mergeFrom(all);
            }
            if (!names.contains("*")) {
              condition.addAllServerNames(names);
            }
            result.add(
                chain("tls-" + names.getFirst(), condition)
                    .addFilters(tcp.of(rule, tls, service, port.number())));
          }
        }
      }
    }
    if (result.isEmpty()) {
      FilterChainMatch.Builder condition = all.toBuilder();
      if (shared) {
        condition.addServerNames(service.host());
      }
      result.add(chain("tcp", condition).addFilters(tcp.toService(service, port.number())));
    }
    return result;
  }

  private List<FilterChain.Builder> byAddress(
      RegistryService service, ServicePort port, FilterChainMatch all) {
    List<FilterChain.Builder> result = new ArrayList<>();
    Set<CidrRange> taken = new HashSet<>();
    for (Rule rule : sight.virtualServices().layer4ForHost(service.host())) {
      for (SpecNode route : rule.spec().at("tcp").items()) {
        List<SpecNode> matches = route.at("match").items();
        List<SpecNode> fitting =
            matches.stream().filter(match -> fits(match, port.number())).toList();
        boolean everything =
            matches.isEmpty()
                || fitting.stream()
                    .anyMatch(match -> match.at("destinationSubnets").items().isEmpty());
        FilterChainMatch.Builder condition =
            everything ? all.toBuilder() : FilterChainMatch.newBuilder();
        if (!everything) {
          fitting.forEach(match ->
              condition.addAllPrefixRanges(
                  subnets(match.at("destinationSubnets"), taken).getPrefixRangesList()));
        }
        if (everything ? free(all, taken) : condition.getPrefixRangesCount() > 0) {
          result.add(
              chain(everything ? "tcp" : "tcp-" + result.size(), condition)
                  .addFilters(tcp.of(rule, route, service, port.number())));
        }
        if (everything) {
          return result;
        }
      }
    }
    if (free(all, taken)) {
      result.add(chain("tcp", all.toBuilder()).addFilters(tcp.toService(service, port.number())));
    }
    return result;
  }

  /// Whether no earlier chain has these addresses: Envoy refuses two that fit alike.
  private static boolean free(FilterChainMatch all, Set<CidrRange> taken) {
    return all.getPrefixRangesList().stream().noneMatch(taken::contains);
  }

  private static FilterChain.Builder chain(String name, FilterChainMatch.Builder condition) {
    FilterChain.Builder result = FilterChain.newBuilder().setName(name);
    return condition.build().equals(FilterChainMatch.getDefaultInstance())
        ? result
        : result.setFilterChainMatch(condition);
  }

  private boolean fits(SpecNode match, int port) {
    match
        .at("sourceSubnet")
        .text()
        .ifPresent(
            _ -> match.at("sourceSubnet").problem(Severity.INERT, "has no effect in Istio, too"));
    String namespace = match.at("sourceNamespace").textOr("");
    List<String> gateways = match.at("gateways").textItems();
    return match.at("port").unsigned().filter(number -> number != 0 && number != port).isEmpty()
        && (gateways.isEmpty() || gateways.contains(VirtualServices.MESH))
        && sight.labelled(match.at("sourceLabels").texts())
        && (namespace.isEmpty() || sight.in(namespace));
  }

  /// The names of a match; none when an earlier one has one of them: Envoy refuses two chains that
  /// fit alike.
  private static List<String> names(SpecNode match, FilterChainMatch all, Set<String> taken) {
    List<String> names =
        match.at("sniHosts").textItems().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    List<String> subnets = new ArrayList<>(match.at("destinationSubnets").textItems());
    if (subnets.isEmpty()) {
      subnets.add(
          all.getPrefixRangesList().stream()
              .map(block -> block.getAddressPrefix() + "/" + block.getPrefixLen().getValue())
              .findFirst()
              .orElse(""));
    }
    List<String> keys =
        names.stream()
            .flatMap(name -> subnets.stream().map(subnet -> name + "|" + subnet))
            .toList();
    if (names.stream().anyMatch(name -> !name.matches(GatewayTcp.NAMES))) {
      match.at("sniHosts").malformed("names such as *.example.com");
      return List.of();
    }
    if (keys.stream().anyMatch(taken::contains)) {
      match.at("sniHosts").problem(Severity.INERT, "has a name that an earlier match has");
      return List.of();
    }
    taken.addAll(keys);
    return names;
  }

  /// @param taken those of earlier routes, which keep them; null where names tell routes apart
  private static FilterChainMatch.Builder subnets(SpecNode written, Set<CidrRange> taken) {
    FilterChainMatch.Builder result = FilterChainMatch.newBuilder();
    for (SpecNode one : written.items()) {
      Optional<CidrRange> range = one.text().flatMap(CidrBlock::of);
      if (range.isEmpty()) {
        one.malformed("an address or a block such as 10.0.0.0/8");
      } else if ((taken == null || taken.add(range.get()))
          && !result.getPrefixRangesList().contains(range.get())) {
        result.addPrefixRanges(range.get());
      }
    }
    return result;
  }
}
