package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.Policy;
import dev.sluice.dns.DomainName;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The list of registries: fetched when it is first needed, and again when it is a day old. With a
 * cache it is kept in a file, and asked for on condition when that has expired.
 */
final class RdapBootstrap {
  private static final Duration MAX_AGE = Duration.ofHours(24);

  /** An older list is used for a short time, because the present one may be had again. */
  private static final Duration FALLBACK_AGE = Duration.ofMinutes(5);

  private static final Duration LONGEST_LOAD = Duration.ofMinutes(1);

  /** Where there is an older list, a server has this part of the time: less than a new load. */
  private static final double PART_WITH_FALLBACK = 0.4;

  private final URI source;
  private final RdapOptions options;
  private final RdapCalls calls;
  private final Scheduler timer;
  private final long timeoutNanos;
  private final CachedSingle<RdapList> list;

  RdapBootstrap(URI source, RdapOptions options, RdapCalls calls) {
    this.source = source;
    this.options = options;
    this.calls = calls;
    timer = options.policy().schedulers().timer();
    timeoutNanos = timeout(options.policy()).toNanos();
    list = new CachedSingle<>(load(), RdapBootstrap::maxAgeNanos, timeoutNanos, timer);
  }

  private static long maxAgeNanos(RdapList list) {
    return (list.isFallback() ? FALLBACK_AGE : MAX_AGE).toNanos();
  }

  /** The timeout of one load: as long as an attempt may wait for it. */
  private static Duration timeout(Policy policy) {
    Duration attempt = policy.attemptTimeout();
    return attempt.compareTo(LONGEST_LOAD) < 0 ? attempt : LONGEST_LOAD;
  }

  /** The question for a name; an {@link RdapException} if the list has no server for it. */
  Single<RdapQuestion> question(DomainName name) {
    return list.get().map(present -> question(name, present));
  }

  private RdapQuestion question(DomainName name, RdapList present) throws RdapException {
    HttpUrl server =
        present
            .servers()
            .above(name)
            .orElseThrow(
                () ->
                    new RdapException(
                        name + ": no RDAP server for " + name.topLevel() + " in " + source, null));
    return new RdapQuestion(name, server.uri(), present.origin(), present.isPresent());
  }

  private Single<RdapList> load() {
    if (isFile(source)) {
      return onDisk(this::readFile).map(json -> RdapList.present(json, source.toString()));
    }
    Path cache = options.cache();
    return cache == null
        ? fetched(Optional.empty())
        : onDisk(() -> CachedList.read(cache, source.toString())).flatMap(this::freshOrFetched);
  }

  static boolean isFile(URI source) {
    return "file".equalsIgnoreCase(source.getScheme());
  }

  /** Refuses a file URL that no path has; {@code HttpClient} checks the others. */
  static void check(URI source) {
    if (isFile(requireNonNull(source, "bootstrap"))) {
      try {
        Path unused = Path.of(source);
      } catch (IllegalArgumentException | FileSystemNotFoundException e) {
        throw new IllegalArgumentException(
            "bootstrap: " + source + ", must be a file such as file:///etc/dns.json", e);
      }
    }
  }

  static boolean mayKeepIn(Path cache) {
    try {
      return CachedList.mayReplace(cache);
    } catch (IOException e) {
      return false;
    }
  }

  private Single<RdapList> freshOrFetched(Optional<CachedList> cached) throws IOException {
    return cached.isPresent() && cached.get().isFresh(now())
        ? Single.just(present(cached.get()))
        : fetched(cached);
  }

  private Single<RdapList> fetched(Optional<CachedList> cached) {
    HttpUrl url = HttpUrl.get(source);
    if (url == null) {
      throw new IllegalArgumentException("bootstrap: " + source + ", must be an http or https URL");
    }
    Request.Builder request = RdapCalls.request(url);
    cached.ifPresent(list -> list.conditions(request));
    Single<RdapList> loaded =
        calls
            .get(request.build(), Set.of())
            .map(answer -> renewed(cached, answer))
            .flatMap(this::kept);
    return cached.isEmpty() && !source.equals(Rdap.IANA)
        ? loaded
        : loaded
            .timeout((long) (PART_WITH_FALLBACK * timeoutNanos), NANOSECONDS, timer)
            .onErrorResumeNext(e -> older(cached, e));
  }

  private CachedList renewed(Optional<CachedList> cached, RdapAnswer answer) throws IOException {
    if (cached.isPresent() && answer.status() == RdapAnswer.NOT_MODIFIED) {
      return cached.get().renewed(answer.headers(), now());
    }
    RdapList.servers(answer.json(), answer.url().toString());
    return CachedList.of(source.toString(), answer, now());
  }

  private Single<RdapList> kept(CachedList list) throws IOException {
    Path cache = options.cache();
    RdapList present = present(list);
    return cache == null
        ? Single.just(present)
        : onDisk(
                () -> {
                  list.write(cache);
                  return present;
                })
            .onErrorReturn(
                e ->
                    new RdapList(
                        present.servers(),
                        present.origin() + ", which could not be kept: " + e.getMessage(),
                        true,
                        false));
  }

  private RdapList present(CachedList list) throws IOException {
    return RdapList.present(list.list(), source.toString());
  }

  /** The copy in the file, or else the bundled list: with a word that says so. */
  private Single<RdapList> older(Optional<CachedList> cached, Throwable e) throws IOException {
    if (!(e instanceof IOException || e instanceof TimeoutException)) {
      return Single.error(e);
    }
    if (cached.isEmpty()) {
      return Single.just(RdapList.bundled(e));
    }
    CachedList copy = cached.get();
    return Single.just(
        new RdapList(
            RdapList.servers(copy.list(), source.toString()),
            "by the copy of " + copy.fetched() + ", because of " + e.getMessage(),
            copy.isRecent(now()),
            true));
  }

  private Instant now() {
    return options.clock().instant();
  }

  private <T> Single<T> onDisk(Callable<T> read) {
    return Single.<T>create(
            emitter -> {
              try {
                emitter.onSuccess(read.call());
              } catch (IOException e) {
                // False after dispose: the error is dropped.
                boolean unused = emitter.tryOnError(e);
              }
            })
        .subscribeOn(options.policy().schedulers().disk());
  }

  private @Nullable JsonNode readFile() throws IOException {
    int longest = (int) options.http().maxBodyBytes();
    try (InputStream file = Files.newInputStream(Path.of(source))) {
      return new ObjectMapper().readTree(file.readNBytes(longest));
    } catch (JsonProcessingException e) {
      throw new RdapException(source + ": not JSON", e);
    } catch (IOException e) {
      throw new RdapException(source + ": cannot be read: " + e, e);
    }
  }
}
