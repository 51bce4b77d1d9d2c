package theater.mesh.identity;

import java.time.Duration;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/// Issues the identities of one context's workloads (SPIFFE X.509-SVID).
public final class WorkloadAuthority {
  private static final X500Name NO_SUBJECT = new X500Name(new RDN[0]);
  private final Authority intermediate;
  private final String rootPem;

  WorkloadAuthority(Authority intermediate, String rootPem) {
    this.intermediate = intermediate;
    this.rootPem = rootPem;
  }

  /// What everybody trusts: the root alone.
  public String rootPem() {
    return rootPem;
  }

  /// A certificate for both ends of mTLS: empty subject, the identity as a critical URI name; the
  /// chain ends with the intermediate.
  ///
  /// @param spiffeId `spiffe://cluster.local/ns/theater-msa/sa/user-service`
  public IssuedCertificate workload(String spiffeId, Duration life) {
    if (!spiffeId.matches("spiffe://[^/]+/.+")) {
      throw new IllegalArgumentException(
          "\"" + spiffeId + "\" is no SPIFFE id; expected spiffe://TRUST-DOMAIN/PATH");
    }
    GeneralNames names =
        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, spiffeId));
    return intermediate.leaf(
        NO_SUBJECT,
        names,
        life,
        intermediate.certificatePem(),
        KeyPurposeId.id_kp_serverAuth,
        KeyPurposeId.id_kp_clientAuth);
  }
}
