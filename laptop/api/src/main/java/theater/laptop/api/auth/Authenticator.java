package theater.laptop.api.auth;

import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Says who somebody is: by client certificate (CN is the name, each O a group) or by a service
/// account's token.
public final class Authenticator {
  private final X509Certificate root;
  private final ServiceAccountTokens tokens;

  /// @param root must have signed a client certificate itself
  public Authenticator(X509Certificate root, ServiceAccountTokens tokens) {
    this.root = root;
    this.tokens = tokens;
  }

  /// @param chain the client's certificates, empty for none
  /// @param authorization the header, empty for none
  /// @return empty when it is nobody we know
  public Optional<User> user(Certificate[] chain, String authorization) {
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return tokens.check(authorization.substring(7).strip());
    }
    return chain.length > 0 && chain[0] instanceof X509Certificate leaf
        ? certified(leaf)
        : Optional.empty();
  }

  private Optional<User> certified(X509Certificate leaf) {
    try {
      leaf.checkValidity();
      leaf.verify(root.getPublicKey());
      if (leaf.getExtendedKeyUsage() != null
          && !leaf.getExtendedKeyUsage().contains("1.3.6.1.5.5.7.3.2")) {
        return Optional.empty();
      }
      String name = "";
      List<String> groups = new ArrayList<>();
      for (Rdn part : new LdapName(leaf.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          name = part.getValue().toString();
        } else if (part.getType().equalsIgnoreCase("O")) {
          groups.add(part.getValue().toString());
        }
      }
      groups.add("system:authenticated");
      return name.isEmpty() ? Optional.empty() : Optional.of(new User(name, groups));
    } catch (GeneralSecurityException | InvalidNameException e) {
      return Optional.empty();
    }
  }
}
