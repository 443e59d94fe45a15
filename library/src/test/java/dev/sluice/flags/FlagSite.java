package dev.sluice.flags;

import static dev.sluice.Answers.ok;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.TestClient;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A scripted server and its client, in virtual time. */
final class FlagSite implements AutoCloseable {
  static final byte[] FLAG = ok("image/gif", Gifs.tiny());

  final RawServer server;
  final Policy policy;
  final TestScheduler clock;
  final Flags flags;
  private final TestClient client;

  FlagSite(Path folder, UnaryOperator<Policy> change, RawServer.Script script) {
    server = RawServer.answering(script);
    client = new TestClient(FlagOptions.standard().policy(), change);
    policy = client.policy();
    clock = client.clock();
    flags = Flags.at(server.base(), Folder.at(folder), FlagOptions.of(policy));
  }

  static FlagSite of(Path folder, RawServer.Script script) {
    return new FlagSite(folder, policy -> policy, script);
  }

  static FlagSite limited(Path folder, int limit, RawServer.Script script) {
    return new FlagSite(
        folder, policy -> Policy.limit(limit).withSchedulers(policy.schedulers()), script);
  }

  void pass(Duration time) {
    client.pass(time);
  }

  /** So many codes, the first ones of AA to ZZ. */
  static Flowable<CountryCode> codes(int count) {
    return Flowable.fromIterable(CountryCode.every()).take(count);
  }

  /** Until every permit is back and every network thread is done, the start of a wait included. */
  void awaitIdle() {
    client.awaitIdle();
  }

  @Override
  public void close() {
    flags.close();
    server.close();
    awaitIdle();
  }
}
