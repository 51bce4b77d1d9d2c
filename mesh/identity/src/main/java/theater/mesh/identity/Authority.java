package theater.mesh.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate with the key that signs others. All keys are P-256.
record Authority(X509Certificate certificate, PrivateKey key) {
  private static final SecureRandom RANDOM = new SecureRandom();
  // A clock that is a little behind must not refuse a new certificate.
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
  private static final int SERIAL_BITS = 127;

  static Authority selfSigned(X500Name name, Duration life) {
    KeyPair pair = newKey();
    return new Authority(
        authorityCertificate(name, name, pair.getPublic(), pair, null, life), pair.getPrivate());
  }

  Authority intermediate(X500Name name, Duration life) {
    KeyPair pair = newKey();
    X509Certificate issued =
        authorityCertificate(
            issuer(),
            name,
            pair.getPublic(),
            new KeyPair(certificate.getPublicKey(), key),
            certificate,
            life);
    return new Authority(issued, pair.getPrivate());
  }

  /// @param names subject alternative names; critical when the subject is empty (RFC 5280, 4.2.1.6)
  IssuedCertificate leaf(
      X500Name subject,
      GeneralNames names,
      Duration life,
      String chainTail,
      KeyPurposeId... purposes) {
    KeyPair pair = newKey();
    try {
      X509v3CertificateBuilder builder =
          builder(issuer(), subject, pair.getPublic(), certificate, life);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
      if (names != null) {
        builder.addExtension(
            Extension.subjectAlternativeName, subject.getRDNs().length == 0, names);
      }
      X509Certificate leaf = sign(builder, key);
      return new IssuedCertificate(
          pem(leaf) + chainTail,
          Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded()),
          leaf.getNotAfter().toInstant());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(
          "a certificate for " + subject + " " + names + " cannot be made", e);
    }
  }

  String certificatePem() {
    return pem(certificate);
  }

  String keyPem() {
    return Pem.encode("PRIVATE KEY", key.getEncoded());
  }

  private X500Name issuer() {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  private static X509Certificate authorityCertificate(
      X500Name issuer,
      X500Name subject,
      PublicKey subjectKey,
      KeyPair signer,
      X509Certificate parent,
      Duration life) {
    try {
      X509v3CertificateBuilder builder = builder(issuer, subject, subjectKey, parent, life);
      // An intermediate signs leaves only.
      BasicConstraints constraints =
          parent == null ? new BasicConstraints(true) : new BasicConstraints(0);
      builder.addExtension(Extension.basicConstraints, true, constraints);
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return sign(builder, signer.getPrivate());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(
          "an authority's certificate for " + subject + " cannot be made", e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer,
      X500Name subject,
      PublicKey subjectKey,
      X509Certificate parent,
      Duration life)
      throws GeneralSecurityException, IOException {
    Instant now = Instant.now();
    Instant end = now.plus(life);
    if (parent != null && end.isAfter(parent.getNotAfter().toInstant())) {
      end = parent.getNotAfter().toInstant();
    }
    BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer, serial, Date.from(now.minus(CLOCK_SKEW)), Date.from(end), subject, subjectKey);
    JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(subjectKey));
    if (parent != null) {
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          ids.createAuthorityKeyIdentifier(parent.getPublicKey()));
    }
    return builder;
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no P-256 keys", e);
    }
  }

  private static String pem(X509Certificate certificate) {
    try {
      return Pem.encode("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException("a certificate cannot be encoded", e));
    }
  }
}
