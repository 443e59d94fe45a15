package dev.sluice.rdap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.http.CallException;
import dev.sluice.http.ContentException;
import java.io.IOException;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * An answer of a registry, or the list of registries.
 *
 * @param url after redirects, without a user and a password: it is printed
 * @param status a success, 304 or 404
 * @param headers of the response
 * @param json the body; missing if the body of a 304 or 404 is empty
 * @param isJson whether the body is empty or JSON
 */
record RdapAnswer(HttpUrl url, int status, Headers headers, JsonNode json, boolean isJson) {
  static final int NOT_MODIFIED = 304;
  static final int NOT_FOUND = 404;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long STEP = 8_192;

  /** Reads a response; a success must be JSON. */
  static RdapAnswer of(Response response, long maxBodyBytes) throws IOException {
    // A redirect may have sent a user and a password.
    HttpUrl url = response.request().url().newBuilder().username("").password("").build();
    byte[] body = body(response, url, maxBodyBytes);
    try {
      JsonNode json = MAPPER.readTree(body);
      if (json.isMissingNode() && response.isSuccessful()) {
        throw new ContentException(url.toString(), "expected JSON, but the body is empty", null);
      }
      return new RdapAnswer(url, response.code(), response.headers(), json, true);
    } catch (JsonProcessingException e) {
      if (response.isSuccessful()) {
        String what = "expected JSON, but " + e.getOriginalMessage();
        throw new ContentException(url.toString(), what, e);
      }
      return new RdapAnswer(
          url, response.code(), response.headers(), MissingNode.getInstance(), false);
    }
  }

  private static byte[] body(Response response, HttpUrl url, long maxBodyBytes) throws IOException {
    Buffer body = new Buffer();
    if (response.body() != null && response.code() != NOT_MODIFIED) {
      BufferedSource source = response.body().source();
      while (source.read(body, STEP) != -1) {
        if (body.size() > maxBodyBytes) {
          String what = "a body longer than " + maxBodyBytes + " bytes";
          throw new CallException("GET", url.toString(), what, null);
        }
      }
    }
    return body.readByteArray();
  }

  /** Whether this is an error object of RDAP (RFC 9083, section 6) with another code. */
  boolean isOtherError(int code) {
    JsonNode said = json.path("errorCode");
    return !said.isMissingNode() && said.asInt(-1) != code;
  }

  /** Whether the server is the one that was asked; from http to https counts as the same. */
  boolean isOf(HttpUrl asked) {
    return asked.host().equals(url.host())
        && (asked.port() == url.port() || (asked.port() == 80 && url.port() == 443));
  }
}
