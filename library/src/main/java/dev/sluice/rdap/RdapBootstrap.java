package dev.sluice.rdap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.Policy;
import dev.sluice.dns.DomainName;
import dev.sluice.http.ContentException;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.HttpUrl;

/** The list of registries: fetched when it is first needed, and again when it is a day old. */
final class RdapBootstrap {
  private static final Duration MAX_AGE = Duration.ofHours(24);
  private static final Duration LONGEST_LOAD = Duration.ofMinutes(1);

  private final URI source;
  private final RdapOptions options;
  private final RdapApi api;
  private final CachedSingle<RdapServers> servers;

  RdapBootstrap(URI source, RdapOptions options, RdapApi api) {
    this.source = source;
    this.options = options;
    this.api = api;
    Scheduler timer = options.policy().schedulers().timer();
    this.servers =
        new CachedSingle<>(load(), MAX_AGE.toNanos(), timeout(options.policy()).toNanos(), timer);
  }

  /** The timeout of one load: as long as an attempt may wait for it. */
  private static Duration timeout(Policy policy) {
    Duration attempt = policy.attemptTimeout();
    return attempt.compareTo(LONGEST_LOAD) < 0 ? attempt : LONGEST_LOAD;
  }

  /** The server of the registry for a name; an {@link RdapException} if the list has none. */
  Single<HttpUrl> serverOf(DomainName name) {
    return servers.get().map(list -> list.above(name).orElseThrow(() -> noServer(name)));
  }

  private RdapException noServer(DomainName name) {
    return new RdapException(
        name + ": no RDAP server for " + name.topLevel() + " in " + source, null);
  }

  private Single<RdapServers> load() {
    Single<JsonNode> list = isFile(source) ? fromFile() : fromServer();
    return list.map(this::parsed);
  }

  static boolean isFile(URI source) {
    return "file".equals(source.getScheme());
  }

  private Single<JsonNode> fromServer() {
    return RdapAnswer.of(api, source.toString()).map(RdapAnswer::json);
  }

  private Single<JsonNode> fromFile() {
    return Single.<JsonNode>create(this::readFile)
        .subscribeOn(options.policy().schedulers().disk());
  }

  @SuppressWarnings("CheckReturnValue") // False after dispose: the error is dropped.
  private void readFile(SingleEmitter<JsonNode> emitter) {
    int longest = (int) options.http().maxBodyBytes();
    try (InputStream file = Files.newInputStream(Path.of(source))) {
      emitter.onSuccess(new ObjectMapper().readTree(file.readNBytes(longest)));
    } catch (JsonProcessingException e) {
      emitter.tryOnError(new RdapException(source + ": not JSON", e));
    } catch (IOException e) {
      emitter.tryOnError(new RdapException(source + ": cannot be read: " + e, e));
    }
  }

  private RdapServers parsed(JsonNode json) throws ContentException {
    RdapServers list = RdapServers.of(json);
    if (list.byDomain().isEmpty()) {
      throw new ContentException(source.toString(), "no list of RDAP servers", null);
    }
    return list;
  }
}
