package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.observers.TestObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;

/** The rules of curl, and calls by way of a proxy. */
class ProxyEnvironmentTest {
  interface Pages {
    @GET("page")
    Maybe<ResponseBody> page();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "direct",
      value = {
        "http_proxy=http://p:3128,                http://a.example/,  p:3128",
        "http_proxy=http://p:3128,                https://a.example/, direct",
        "https_proxy=http://p:3128,               https://a.example/, p:3128",
        "HTTPS_PROXY=http://p:3128,               https://a.example/, p:3128",
        "HTTPS_PROXY=http://q:1 https_proxy=p:2,  https://a.example/, p:2",
        "HTTP_PROXY=http://p:3128,                http://a.example/,  direct",
        "all_proxy=p:3128,                        http://a.example/,  p:3128",
        "ALL_PROXY=p:3128,                        https://a.example/, p:3128",
        "all_proxy=q:1 http_proxy=p:2,            http://a.example/,  p:2",
        "all_proxy=q:1 http_proxy=,               http://a.example/,  direct",
        "http_proxy=p,                            http://a.example/,  p:1080",
        "http_proxy=http://p:80,                  http://a.example/,  p:80",
        "http_proxy=http://u:w@p/,                http://a.example/,  p:1080",
        "http_proxy=[::1]:3128,                   http://a.example/,  ::1:3128",
        "other=x,                                 http://a.example/,  direct",
      })
  void theVariableOfTheSchemeNamesTheProxy(String variables, URI url, String proxy) {
    assertEquals(proxy, proxyFor(variables(variables), url));
  }

  @ParameterizedTest
  @CsvSource({
    "local.com,              local.com,       true",
    "local.com,              www.local.com,   true",
    "local.com,              LOCAL.com,       true",
    "local.com,              www.notlocal.com,false",
    "local.com,              local.com.evil,  false",
    ".local.com,             local.com,       true",
    "'a.b, local.com',       local.com,       true",
    "a.b local.com,          local.com,       true",
    "*,                      a.example,       true",
    "'',                     a.example,       false",
    "10.0.0.0/8,             10.1.2.3,        true",
    "10.0.0.0/8,             11.1.2.3,        false",
    "10.1.0.0/15,            10.0.2.3,        true",
    "10.0.0.0/99,            10.1.2.3,        false",
    "10.0.0.0/8,             ten.example,     false",
    "127.0.0.1,              127.0.0.1,       true",
    "127.0.0.1,              127.0.0.2,       false",
    "0.0.1,                  127.0.0.1,       false",
    "::1,                    [::1],           true",
    "[::1],                  [::1],           true",
    "fe80::/10,              [fe80::1],       true",
    "fe80::/10,              [::1],           false",
  })
  void noProxyNamesHostsThatAreAskedDirectly(String noProxy, String host, boolean direct) {
    URI url = URI.create("http://" + host + "/");
    for (String name : List.of("no_proxy", "NO_PROXY")) {
      String proxy = proxyFor(Map.of("http_proxy", "p:1", name, noProxy), url);
      assertEquals(direct, proxy == null, name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://u:s3cr3t@p:1", "https://u:s3cr3t@p", "http://u:s3cr3t@", "::"})
  void aValueThatNamesNoHttpProxyIsRefusedWithoutRepeatingIt(String value) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> ProxyEnvironment.of(Map.of("https_proxy", value)));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith("https_proxy: must be http://host:port"), message);
    assertFalse(message.contains("s3cr3t"), message);
  }

  @Test
  void credentialsOfAProxyAreNotPrinted() {
    ProxyEnvironment environment = ProxyEnvironment.of(Map.of("http_proxy", "u:s3cr3t@p:1"));
    assertFalse(environment.toString().contains("s3cr3t"), environment::toString);
    assertFalse(HttpOptions.standard().withProxy(environment).toString().contains("s3cr3t"));
  }

  @Test
  void anHttpCallGoesByWayOfTheProxyWithItsCredentials() {
    List<String> head = Collections.synchronizedList(new ArrayList<>());
    try (RawServer proxy =
            RawServer.answering(
                exchange -> {
                  head.addAll(exchange.head());
                  exchange.send(ok("text/plain", bytes("hello")));
                });
        HttpClient client =
            client(
                "http://a.example/",
                ProxyEnvironment.of(Map.of("http_proxy", "u:w@" + proxy.authority())))) {
      page(client).assertValueCount(1);
      assertTrue(head.contains("GET http://a.example/page HTTP/1.1"), head::toString);
      assertTrue(head.contains("Proxy-Authorization: Basic " + base64("u:w")), head::toString);
    }
  }

  @Test
  void anHttpsCallOpensATunnelWithTheCredentials() {
    List<String> head = Collections.synchronizedList(new ArrayList<>());
    try (RawServer proxy =
            RawServer.answering(
                exchange -> {
                  head.addAll(exchange.head());
                  exchange.send(status("502 No"));
                  exchange.hangUp();
                });
        HttpClient client =
            client(
                "https://a.example/",
                ProxyEnvironment.of(Map.of("https_proxy", "u:w@" + proxy.authority())))) {
      page(client).assertFailure(CallException.class);
      assertTrue(head.contains("CONNECT a.example:443 HTTP/1.1"), head::toString);
      assertTrue(head.contains("Proxy-Authorization: Basic " + base64("u:w")), head::toString);
    }
  }

  @Test
  void refusedCredentialsAreAFailure() {
    try (RawServer proxy =
            RawServer.saying(
                status("407 Proxy Authentication Required", "Proxy-Authenticate: Basic"));
        HttpClient http =
            client(
                "http://a.example/",
                ProxyEnvironment.of(Map.of("all_proxy", "u:w@" + proxy.authority())));
        HttpClient https =
            client(
                "https://a.example/",
                ProxyEnvironment.of(Map.of("all_proxy", "u:w@" + proxy.authority())))) {
      page(http).assertFailure(StatusException.class);
      page(https).assertFailure(CallException.class);
    }
  }

  @Test
  void connectsDirectlyToHostsOfNoProxyWithoutCredentials() {
    List<String> head = Collections.synchronizedList(new ArrayList<>());
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  head.addAll(exchange.head());
                  exchange.send(ok("text/plain", bytes("hello")));
                });
        HttpClient client =
            client(
                server.base().toString(),
                ProxyEnvironment.of(
                    Map.of("http_proxy", "u:w@127.0.0.2:9", "no_proxy", "127.0.0.0/8")))) {
      page(client).assertValueCount(1);
      assertFalse(head.toString().contains("Proxy-"), head::toString);
    }
  }

  @Test
  void aProxySelectorIsUsed() {
    try (RawServer proxy = RawServer.saying(ok("text/plain", bytes("hello")));
        HttpClient client =
            client(
                "http://a.example/",
                ProxySelector.of(
                    new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), proxy.base().getPort())))) {
      page(client).assertValueCount(1);
      assertEquals(List.of("http://a.example/page"), proxy.paths());
    }
  }

  private static TestObserver<ResponseBody> page(HttpClient client) {
    return client.api(Pages.class).page().test().awaitDone(10, SECONDS);
  }

  private static HttpClient client(String base, ProxySelector proxy) {
    return HttpClient.at(
        URI.create(base), Policy.limit(1), HttpOptions.standard().withProxy(proxy));
  }

  @Test
  void aHostWithAnUnderscoreHasTheProxyToo() {
    URI url = URI.create("http://my_host.test:81/");
    assertEquals("p:1", proxyFor(Map.of("http_proxy", "p:1"), url));
    assertNull(proxyFor(Map.of("http_proxy", "p:1", "no_proxy", "my_host.test"), url));
  }

  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new HashMap<>();
    for (String variable : text.split(" +", -1)) {
      variables.put(
          variable.substring(0, variable.indexOf('=')),
          variable.substring(variable.indexOf('=') + 1));
    }
    return variables;
  }

  /** Host and port; null for a direct connection. */
  private static @Nullable String proxyFor(Map<String, String> environment, URI url) {
    Proxy proxy = ProxyEnvironment.of(environment).select(url).get(0);
    if (proxy.equals(Proxy.NO_PROXY)) {
      return null;
    }
    InetSocketAddress address = (InetSocketAddress) proxy.address();
    return address.getHostString() + ":" + address.getPort();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
