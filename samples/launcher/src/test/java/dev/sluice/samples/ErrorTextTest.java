package dev.sluice.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The texts of the JDK's exceptions are those of JDK 17 and 25 on Linux. */
@Timeout(10)
class ErrorTextTest {
  private static final String URL = "https://h.example/x";

  @Test
  void namesTheAddressThatWasAsked() {
    assertEquals(
        "unknown host h.example",
        network(new UnknownHostException("h.example: Name or service not known")));
    assertEquals(
        "connection refused by h.example:443", network(new ConnectException("Connection refused")));
    assertEquals(
        "h.example:443 cannot be reached", network(new NoRouteToHostException("No route to host")));
    assertEquals(
        "h.example:443 cannot be reached", network(new ConnectException("Network is unreachable")));
    assertEquals(
        "no answer from h.example:443", network(new SocketTimeoutException("connect timed out")));
    assertEquals(
        "connection reset by h.example:443", network(new SocketException("Connection reset")));
  }

  @Test
  void theInnermostCauseDecides() {
    ConnectException outer = new ConnectException("Failed to connect to h.example/192.0.2.1:443");
    outer.initCause(new ConnectException("Network is unreachable (connect failed)"));
    assertEquals("h.example:443 cannot be reached", network(outer));
  }

  @Test
  void saysWhatIsWrongWithTls() {
    assertEquals(
        "the certificate of h.example:443 is not trusted",
        network(
            new SSLHandshakeException(
                "PKIX path building failed: unable to find valid certification path to requested target")));
    SSLException expired = new SSLHandshakeException("PKIX path validation failed");
    expired.initCause(new CertificateExpiredException("NotAfter: …"));
    assertEquals("the certificate of h.example:443 has expired", network(expired));
    assertEquals(
        "the certificate of h.example:443 is for another host",
        network(new SSLException("Hostname h.example not verified:")));
    assertEquals(
        "h.example:443 does not speak TLS",
        network(new SSLException("Unsupported or unrecognized SSL message")));
    assertEquals(
        "no TLS connection to h.example:443: received fatal alert",
        network(new SSLException("Received fatal alert")));
  }

  @Test
  void takesTheAddressFromTheMessageWhenNoneIsKnown() {
    assertEquals(
        "unknown host h.example",
        ErrorText.of(new UnknownHostException("h.example: Name or service not known")));
    assertEquals(
        "connection refused by 127.0.0.1:1",
        ErrorText.of(new ConnectException("Failed to connect to /127.0.0.1:1")));
  }

  @Test
  void namesTheFile() {
    assertEquals("/x: no such file or folder", ErrorText.of(new NoSuchFileException("/x")));
    assertEquals("/x: permission denied", ErrorText.of(new AccessDeniedException("/x")));
    assertEquals(
        "/x: no space left on the device",
        ErrorText.of(new FileSystemException("/x", null, "No space left on device")));
    assertEquals(
        "/x: is a folder", ErrorText.of(new FileSystemException("/x", null, "Is a directory")));
    assertEquals(
        "/x: not a folder", ErrorText.of(new FileSystemException("/x", null, "Not a directory")));
    assertEquals(
        "/x: No such file or directory",
        ErrorText.of(new FileNotFoundException("/x (No such file or directory)")));
    assertEquals(
        "no space left on the device", ErrorText.of(new IOException("No space left on device")));
  }

  @Test
  void keepsTheMessageOfOthersOnOneLineAndWithoutSecrets() {
    assertEquals(
        "GET http://h/: <U+001B>[2J",
        ErrorText.of(
            new MyException(
                "GET http://u:secret@h/: \u001b[2J\nmore",
                new ConnectException("Connection refused"))));
  }

  @Test
  void callsABugABug() {
    assertEquals(
        "unexpected error, please report it: IllegalStateException: x",
        ErrorText.of(new IllegalStateException("x")));
    assertEquals("input or output failed (IOException)", ErrorText.of(new IOException()));
  }

  private static String network(Throwable e) {
    return NetworkErrorText.of(e, URL).orElse("");
  }

  private static final class MyException extends IOException {
    private static final long serialVersionUID = 1L;

    MyException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
