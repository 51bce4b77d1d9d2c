package theater.mesh.translation.listener;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.Secrets;
import theater.mesh.translation.spec.SpecNode;

/// How a gateway ends the caller's TLS. Istio: ServerTLSSettings; Envoy: DownstreamTlsContext, its
/// certificates by SDS under the names that `credentialName` gives.
final class GatewayTls {
  private static final Set<String> CIPHERS =
      Set.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384",
          "ECDHE-ECDSA-CHACHA20-POLY1305",
          "ECDHE-RSA-CHACHA20-POLY1305",
          "ECDHE-PSK-CHACHA20-POLY1305",
          "ECDHE-ECDSA-AES128-SHA",
          "ECDHE-RSA-AES128-SHA",
          "ECDHE-PSK-AES128-CBC-SHA",
          "AES128-GCM-SHA256",
          "PSK-AES128-CBC-SHA",
          "AES128-SHA",
          "ECDHE-ECDSA-AES256-SHA",
          "ECDHE-RSA-AES256-SHA",
          "ECDHE-PSK-AES256-CBC-SHA",
          "AES256-GCM-SHA384",
          "PSK-AES256-CBC-SHA",
          "AES256-SHA");

  private final Sight sight;

  GatewayTls(Sight sight) {
    this.sight = sight;
  }

  /// @param tcp whether something other than HTTP is in it
  TransportSocket socket(SpecNode tls, boolean tcp) {
    String mode = tls.at("mode").textOr("SIMPLE");
    boolean own = mode.equals("ISTIO_MUTUAL");
    CommonTlsContext.Builder context =
        own
            ? Secrets.workload(List.of(), false)
            : credentials(tls, mode.equals("MUTUAL") || mode.equals("OPTIONAL_MUTUAL"));
    if (own) {
      CertificateValidationContext.Builder validation = names(tls);
      revoked(tls, validation);
      context.getCombinedValidationContextBuilder().setDefaultValidationContext(validation);
    }
    if (own && tcp) {
      context.addAlpnProtocols("istio-peer-exchange");
    }
    if (!own) {
      protocols(tls, context);
    }
    context.addAlpnProtocols("h2").addAlpnProtocols("http/1.1");
    DownstreamTlsContext.Builder result =
        DownstreamTlsContext.newBuilder().setCommonTlsContext(context);
    result.setRequireClientCertificate(BoolValue.of(mode.equals("MUTUAL") || own));
    return TransportSocket.newBuilder()
        .setName("envoy.transport_sockets.tls")
        .setTypedConfig(Any.pack(result.build()))
        .build();
  }

  /// A secret that nobody gives out leaves the listener open and every handshake failing, as in
  /// Istio.
  private CommonTlsContext.Builder credentials(SpecNode tls, boolean mutual) {
    CommonTlsContext.Builder context = CommonTlsContext.newBuilder();
    List<String> names = tls.at("credentialNames").textItems();
    if (names.isEmpty()) {
      names = tls.at("credentialName").text().filter(name -> !name.isEmpty()).stream().toList();
    }
    if (names.isEmpty()) {
      files(tls, mutual, context);
      return context;
    }
    names.forEach(name -> {
      known(tls, name, false);
      context.addTlsCertificateSdsSecretConfigs(Secrets.file(Secrets.credential(name)));
    });
    if (mutual) {
      String first = names.getFirst();
      String authorities =
          tls.at("caCertCredentialName")
              .text()
              .filter(name -> !name.isEmpty())
              .orElse(first + "-cacert");
      known(tls, authorities, true);
      context
          .getCombinedValidationContextBuilder()
          .setValidationContextSdsSecretConfig(Secrets.file(Secrets.credential(authorities)))
          .setDefaultValidationContext(validation(tls));
    }
    return context;
  }

  private void files(SpecNode tls, boolean mutual, CommonTlsContext.Builder context) {
    List<SpecNode> several = tls.at("tlsCertificates").items();
    for (SpecNode own : several.isEmpty() ? List.of(tls) : several) {
      context.addTlsCertificateSdsSecretConfigs(
          Secrets.file(
              "file-cert:"
                  + own.at("serverCertificate").textOr("")
                  + "~"
                  + own.at("privateKey").textOr("")));
    }
    if (mutual) {
      CertificateValidationContext.Builder validation = names(tls);
      revoked(tls, validation);
      context
          .getCombinedValidationContextBuilder()
          .setValidationContextSdsSecretConfig(
              Secrets.file("file-root:" + tls.at("caCertificates").textOr("")))
          .setDefaultValidationContext(validation);
    }
    if (!sight.redirecting()) {
      tls.problem(
          Severity.NOT_MODELLED,
          "certificates in files of the gateway's pod are not given to Envoy: every TLS handshake"
              + " fails; credentialName is modelled");
    }
  }

  /// Tells of a Secret that is not there, or has not what is needed.
  private void known(SpecNode tls, String name, boolean authorities) {
    String namespace = sight.proxy().workload().namespace();
    if (name.contains("://")) {
      return; // the Gateway API's references are looked at where they are read
    }
    String whole = authorities ? name.replaceFirst("-cacert$", "") : name;
    boolean there =
        sight.view().credentials().stream()
            .filter(held -> held.namespace().equals(namespace))
            .anyMatch(held ->
                authorities
                    ? (held.name().equals(name) || held.name().equals(whole))
                        && held.authorities().isPresent()
                    : held.name().equals(name) && held.certificate().isPresent());
    if (!there) {
      tls.problem(
          Severity.BROKEN_REFERENCE,
          authorities
              ? "needs whom to trust: no Secret "
                  + namespace
                  + "/"
                  + name
                  + " or "
                  + namespace
                  + "/"
                  + whole
                  + " has cacert or ca.crt; every TLS handshake fails until then"
              : "credentialName is \""
                  + name
                  + "\": no Secret "
                  + namespace
                  + "/"
                  + name
                  + " has tls.crt and tls.key, or cert and key; every TLS handshake fails until"
                  + " then");
    }
  }

  private static CertificateValidationContext validation(SpecNode tls) {
    CertificateValidationContext.Builder result = names(tls);
    result.addAllVerifyCertificateSpki(
        fitting(tls.at("verifyCertificateSpki"), "[A-Za-z0-9+/]{43}=", "a SHA-256 in base64"));
    result.addAllVerifyCertificateHash(
        fitting(
            tls.at("verifyCertificateHash"),
            "[0-9a-fA-F]{64}|([0-9a-fA-F]{2}:){31}[0-9a-fA-F]{2}",
            "a SHA-256 in hexadecimal digits"));
    return result.build();
  }

  /// Whose certificates are good.
  private static CertificateValidationContext.Builder names(SpecNode tls) {
    CertificateValidationContext.Builder result = CertificateValidationContext.newBuilder();
    for (String name : tls.at("subjectAltNames").textItems()) {
      result.addMatchTypedSubjectAltNames(
          Secrets.exactly(
              name.contains("://")
                  ? io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher
                      .SanType.URI
                  : io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher
                      .SanType.DNS,
              name));
    }
    return result;
  }

  /// Which certificates are good no more. Only where certificates come from files, as in Istio.
  private void revoked(SpecNode tls, CertificateValidationContext.Builder validation) {
    String file = tls.at("caCrl").textOr("");
    if (!file.isEmpty() && sight.redirecting()) {
      validation.setCrl(DataSource.newBuilder().setFilename(file));
    } else if (!file.isEmpty()) {
      tls.at("caCrl")
          .problem(
              Severity.NOT_MODELLED,
              "pods have no file system of their own here: revoked certificates are taken");
    }
  }

  private static List<String> fitting(SpecNode list, String form, String expected) {
    List<String> written = list.textItems();
    if (written.stream().anyMatch(text -> !text.matches(form))) {
      list.malformed(expected);
    }
    return written.stream().filter(text -> text.matches(form)).toList();
  }

  private static void protocols(SpecNode tls, CommonTlsContext.Builder context) {
    TlsProtocol lowest = protocol(tls.at("minProtocolVersion"));
    TlsProtocol highest = protocol(tls.at("maxProtocolVersion"));
    if (highest != TlsProtocol.TLS_AUTO && highest.getNumber() < lowest.getNumber()) {
      tls.at("maxProtocolVersion").malformed("a version not below minProtocolVersion");
      highest = TlsProtocol.TLS_AUTO;
    }
    if (lowest != TlsProtocol.TLS_AUTO) {
      context.getTlsParamsBuilder().setTlsMinimumProtocolVersion(lowest);
    }
    if (highest != TlsProtocol.TLS_AUTO) {
      context.getTlsParamsBuilder().setTlsMaximumProtocolVersion(highest);
    }
    for (String cipher : tls.at("cipherSuites").textItems()) {
      if (CIPHERS.contains(cipher)) {
        context.getTlsParamsBuilder().addCipherSuites(cipher);
      } else {
        tls.at("cipherSuites")
            .problem(Severity.MALFORMED, "has \"" + cipher + "\", which Envoy does not know");
      }
    }
  }

  private static TlsProtocol protocol(SpecNode written) {
    return switch (written.textOr("TLS_AUTO")) {
      case "TLS_AUTO" -> TlsProtocol.TLS_AUTO;
      case "TLSV1_0" -> TlsProtocol.TLSv1_0;
      case "TLSV1_1" -> TlsProtocol.TLSv1_1;
      case "TLSV1_2" -> TlsProtocol.TLSv1_2;
      case "TLSV1_3" -> TlsProtocol.TLSv1_3;
      default -> {
        written.malformed("TLS_AUTO, TLSV1_0, TLSV1_1, TLSV1_2 or TLSV1_3");
        yield TlsProtocol.TLS_AUTO;
      }
    };
  }
}
