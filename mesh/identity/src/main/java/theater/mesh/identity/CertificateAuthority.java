package theater.mesh.identity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/// The root of all certificates of an instance, kept in a folder. Both contexts trust the same
/// root, as a multi-cluster mesh must. It signs API servers and their clients itself, and one
/// intermediate per context, which signs the workloads.
public final class CertificateAuthority {
  private static final Duration ROOT_LIFE = Duration.ofDays(3650);
  private static final Duration API_LIFE = Duration.ofDays(365);

  private final AuthorityFolder folder;
  private final Authority root;

  private CertificateAuthority(AuthorityFolder folder, Authority root) {
    this.folder = folder;
    this.root = root;
  }

  /// Opens the authority in this folder, or creates it there. Processes may do so at the same time.
  ///
  /// @throws java.io.UncheckedIOException naming the file that cannot be used
  public static CertificateAuthority open(Path folder) {
    AuthorityFolder files = new AuthorityFolder(folder);
    return new CertificateAuthority(
        files,
        files.openOrCreate(
            "root", () -> Authority.selfSigned(name("Theater root", null), ROOT_LIFE)));
  }

  /// What everybody trusts.
  public String rootPem() {
    return root.certificatePem();
  }

  /// The authority of one context's workloads, kept in the same folder.
  ///
  /// @param name `ctx1`
  public WorkloadAuthority intermediate(String name) {
    Authority kept =
        folder.openOrCreate(
            "intermediate-" + name,
            () -> root.intermediate(name("Theater intermediate " + name, null), ROOT_LIFE));
    return new WorkloadAuthority(kept, rootPem());
  }

  /// A server's certificate, for one year.
  ///
  /// @param names DNS names and IP addresses, `127.0.0.1`, `kubernetes.default.svc`
  public IssuedCertificate server(List<String> names) {
    GeneralName[] sans =
        names.stream().map(CertificateAuthority::subjectName).toArray(GeneralName[]::new);
    return root.leaf(
        name(names.getFirst(), null),
        new GeneralNames(sans),
        API_LIFE,
        "",
        KeyPurposeId.id_kp_serverAuth);
  }

  /// A client's certificate for the Kubernetes API, for one year.
  ///
  /// @param commonName the user, `admin`
  /// @param organization the group, `system:masters`
  public IssuedCertificate client(String commonName, String organization) {
    return root.leaf(
        name(commonName, organization), null, API_LIFE, "", KeyPurposeId.id_kp_clientAuth);
  }

  private static GeneralName subjectName(String name) {
    boolean address = name.matches("\\d+\\.\\d+\\.\\d+\\.\\d+") || name.contains(":");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static X500Name name(String commonName, String organization) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    if (organization != null) {
      name.addRDN(BCStyle.O, organization);
    }
    return name.addRDN(BCStyle.CN, commonName).build();
  }
}
