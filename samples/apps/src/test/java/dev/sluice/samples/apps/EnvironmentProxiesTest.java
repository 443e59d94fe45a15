package dev.sluice.samples.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.HttpOptions;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EnvironmentProxiesTest {
  private static final Map<String, String> PROXY =
      Map.of("http_proxy", "http://127.0.0.1:3128", "no_proxy", "direct.example");

  @Test
  void areUsedForOtherMachinesOnly() {
    assertTrue(isUsed("http://h.example/"));
    assertFalse(isUsed("http://direct.example/"));
    assertFalse(isUsed("http://127.0.0.1:8001/flags"));
    assertFalse(isUsed("http://localhost/"));
    assertFalse(isUsed("http://[::1]:8001/"));
    assertFalse(isUsed("https://h.example/"));
  }

  @Test
  void areNoneWithoutVariables() {
    assertEquals(HttpOptions.standard(), EnvironmentProxies.http(Map.of("PATH", "/bin")));
  }

  @Test
  void areRefusedForATransportWithoutProxies() {
    assertEquals(HttpOptions.standard(), EnvironmentProxies.noProxy(Map.of("PATH", "/bin")));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> EnvironmentProxies.noProxy(Map.of("https_proxy", "http://127.0.0.1:3128")));
    assertEquals(
        "https_proxy is set, and netty has no proxies: allowed is --transport=okhttp",
        refused.getMessage());
  }

  private static boolean isUsed(String url) {
    return EnvironmentProxies.areUsedFor(URI.create(url), PROXY);
  }
}
