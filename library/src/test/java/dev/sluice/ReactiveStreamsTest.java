package dev.sluice;

import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.dns.Answer;
import dev.sluice.dns.Domains;
import dev.sluice.fetch.Document;
import dev.sluice.fetch.Fetch;
import dev.sluice.rdap.Rdap;
import dev.sluice.rdap.RdapOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every public Flowable keeps the rules of Reactive Streams. */
class ReactiveStreamsTest {
  @TestFactory
  @Timeout(60)
  List<DynamicTest> streams(@TempDir Path path)
      throws IOException, InterruptedException, ExecutionException {
    Map<String, UnaryOperator<Flowable<Object>>> streams = new HashMap<>();
    streams.putAll(windows());
    streams.putAll(pipelines());
    streams.putAll(fetches(path));
    streams.putAll(domains());
    try (Rdap all = rdap(path);
        Rdap inOrder = rdap(path)) {
      streams.put("rdapProbeAll", keys -> all.probeAll(names(keys)).cast(Object.class));
      streams.put(
          "rdapProbeInOrder",
          keys -> inOrder.lookupsOfText().runInOrder(names(keys)).cast(Object.class));
      return ReactiveStreamsTck.verify(streams);
    }
  }

  private static Map<String, UnaryOperator<Flowable<Object>>> windows() {
    Resource<Object> resource = Resource.of(Object::new, opened -> {});
    return Map.of(
        "windowAsCompleted", keys -> Window.of(4).asCompleted(keys, Single::just),
        "windowInOrder", keys -> Window.of(4).inOrder(keys, Single::just),
        "windowOnDemand", keys -> Window.of(4).onDemand(keys, Single::just),
        "resourceUse", keys -> resource.use(opened -> keys));
  }

  private static Map<String, UnaryOperator<Flowable<Object>>> pipelines() {
    Pipeline<Object, Object> all = Pipeline.of(policy(), ReactiveStreamsTest::hop);
    Pipeline<Object, Object> inOrder = Pipeline.of(policy(), ReactiveStreamsTest::hop);
    Pipeline<Object, Object> onDemand = Pipeline.of(policy(), ReactiveStreamsTest::hop);
    return Map.of(
        "pipelineRunAll", keys -> all.runAll(keys).cast(Object.class),
        "pipelineRunInOrder", keys -> inOrder.runInOrder(keys).cast(Object.class),
        "pipelineRunOnDemand", keys -> onDemand.runOnDemand(keys).cast(Object.class));
  }

  private static Map<String, UnaryOperator<Flowable<Object>>> fetches(Path path) {
    Fetch<Object> all = fetch(path.resolve("all"));
    Fetch<Object> inOrder = fetch(path.resolve("in order"));
    Fetch<Object> onDemand = fetch(path.resolve("on demand"));
    return Map.of(
        "fetchAll", keys -> all.downloadAll(keys).cast(Object.class),
        "fetchInOrder", keys -> inOrder.downloads().runInOrder(keys).cast(Object.class),
        "fetchOnDemand", keys -> onDemand.downloads().runOnDemand(keys).cast(Object.class));
  }

  private static Map<String, UnaryOperator<Flowable<Object>>> domains() {
    Domains all = Domains.of(name -> hop(Answer.of(List.of())), policy());
    Domains inOrder = Domains.of(name -> hop(Answer.of(List.of())), policy());
    return Map.of(
        "domainsProbeAll", keys -> all.probeAll(names(keys)).cast(Object.class),
        "domainsProbeInOrder",
            keys -> inOrder.probesOfText().runInOrder(names(keys)).cast(Object.class));
  }

  private static Flowable<String> names(Flowable<Object> keys) {
    return keys.map(key -> key + ".test");
  }

  /** Its list lacks the top-level domain of the keys, so no server is asked. */
  private static Rdap rdap(Path folder) throws IOException {
    String list = "{\"services\":[[[\"example\"],[\"http://127.0.0.1:9/\"]]]}";
    Path file = Files.writeString(folder.resolve("dns.json"), list);
    return Rdap.at(file.toUri(), RdapOptions.of(policy()));
  }

  private static Fetch<Object> fetch(Path path) {
    FileName name = FileName.of("file");
    return Fetch.of(key -> Maybe.just(new Document(name, new byte[1])), policy(), Folder.at(path));
  }

  private static <T> Maybe<T> hop(T value) {
    return Maybe.just(value).subscribeOn(IoSchedulers.shared().network());
  }

  /** A limiter for each stream, so that no stream waits for another. */
  private static Policy policy() {
    return Policy.limit(4);
  }
}
