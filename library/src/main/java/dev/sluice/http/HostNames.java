package dev.sluice.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Checks once more, after the JDK, that a certificate is for the host. The sockets of {@link
 * LazyTls} have the JDK check it during the handshake. This check also serves sockets of the user's
 * own TLS, whose trust manager may leave names to the HTTP client.
 *
 * <p>Stricter than the JDK: the common name does not count (RFC 9525, section 2). Stricter than
 * OkHttp 3.14: a certificate with a name outside ASCII is refused (CVE-2021-0341), and addresses
 * are compared as numbers, so that every spelling of an IPv6 address is the same.
 */
final class HostNames implements HostnameVerifier {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final HostnameVerifier okHttp;

  HostNames(HostnameVerifier okHttp) {
    this.okHttp = okHttp;
  }

  @Override
  public boolean verify(String host, SSLSession session) {
    try {
      X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null || !isAscii(host)) {
        return false;
      }
      return isAddress(host)
          ? names.stream().anyMatch(name -> isAddress(name, host))
          : names.stream().allMatch(HostNames::isAsciiName) && okHttp.verify(host, session);
    } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
      return false;
    }
  }

  private static boolean isAsciiName(List<?> name) {
    return !name.get(0).equals(DNS_NAME) || isAscii(String.valueOf(name.get(1)));
  }

  private static boolean isAscii(String text) {
    return US_ASCII.newEncoder().canEncode(text);
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  private static boolean isAddress(List<?> name, String host) {
    String text = String.valueOf(name.get(1));
    try {
      // Literals: nothing is looked up.
      return name.get(0).equals(IP_ADDRESS)
          && isAddress(text)
          && InetAddress.getByName(text).equals(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
