package dev.sluice.fetch;

import static dev.sluice.Answers.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of one run that want the same file. A key is "number:file name"; the file has the key. */
class SameFileNameTest {
  private final TestScheduler disk = new TestScheduler();
  private final Policy policy =
      Policy.limit(1).withSchedulers(IoSchedulers.shared().withDisk(disk));

  @TempDir Path temp;
  private Fetch<String> fetch;

  @BeforeEach
  void setUp() {
    fetch = Fetch.of(SameFileNameTest::document, policy, Folder.at(temp));
  }

  @Test
  void theSecondKeyOfOneFileIsAFailureThatNamesTheFirst() throws IOException {
    var outcomes = outcomes(fetch.downloads(), "1:a.txt", "2:a.txt", "3:b.txt");
    assertInstanceOf(Outcome.Success.class, outcomes.get(0));
    Failure<?, ?> second = assertInstanceOf(Failure.class, outcomes.get(1));
    assertInstanceOf(FileNameTakenException.class, second.cause());
    assertEquals(
        "the file name \"a.txt\" is already used by 1:a.txt in this run"
            + " (upper and lower case are the same)",
        second.cause().getMessage());
    assertEquals(1, second.attempts());
    assertInstanceOf(Outcome.Success.class, outcomes.get(2));
    assertEquals("1:a.txt", Files.readString(temp.resolve("a.txt")));
  }

  @ParameterizedTest
  @CsvSource({
    "Brazil.gif, brazil.gif",
    "brazil.gif, BRAZIL.GIF",
    "C\u00f4te.gif, Co\u0302te.gif",
    "C\u00f4te.gif, CO\u0302TE.GIF",
    "\u03a3\u03a3.gif, \u03c3\u03c2.gif",
    "stra\u00dfe, STRASSE",
    "\u212b.gif, \u00e5.gif",
  })
  void namesAreTheSameWhateverTheCaseAndTheNormalForm(String first, String second) {
    var outcomes = outcomes(fetch.downloads(), "1:" + first, "2:" + second);
    assertInstanceOf(Outcome.Success.class, outcomes.get(0));
    assertInstanceOf(Failure.class, outcomes.get(1));
  }

  @Test
  void aLaterRunReplacesTheFile() throws IOException {
    assertInstanceOf(Outcome.Success.class, outcomes(fetch.downloads(), "1:a.txt").get(0));
    assertInstanceOf(Outcome.Success.class, outcomes(fetch.downloads(), "2:a.txt").get(0));
    assertEquals("2:a.txt", Files.readString(temp.resolve("a.txt")));
    var single = fetch.downloads().run("3:a.txt").test();
    disk.triggerActions();
    single.assertValue(outcome -> outcome instanceof Outcome.Success);
  }

  @Test
  void eachSubscriptionIsARunOfItsOwn() {
    var run = fetch.downloadAll(Flowable.just("1:a.txt", "2:a.txt"));
    for (int i = 0; i < 2; i++) {
      var outcomes = run.test();
      disk.triggerActions();
      outcomes.assertValueCount(2).assertComplete();
      assertInstanceOf(Outcome.Success.class, outcomes.values().get(0));
      assertInstanceOf(Failure.class, outcomes.values().get(1));
    }
  }

  @Test
  void aKeyThatComesTwiceWritesItsFileTwice() {
    outcomes(fetch.downloads(), "1:a.txt", "1:a.txt")
        .forEach(outcome -> assertInstanceOf(Outcome.Success.class, outcome));
  }

  @Test
  void aFileThatCouldNotBeWrittenLeavesItsNameToTheNextKey() throws IOException {
    Path obstacle = Files.createDirectories(temp.resolve("a.txt"));
    var outcomes = fetch.downloads().runInOrder(Flowable.just("1:a.txt", "2:A.txt")).test();
    disk.triggerActions();
    outcomes.assertValueCount(2);
    assertInstanceOf(Failure.class, outcomes.values().get(0));
    assertEquals("2:A.txt", Files.readString(temp.resolve("A.txt")));
    Files.delete(obstacle);
  }

  @Test
  void filesOfOneNameAreNumberedOnRequest() {
    var outcomes =
        outcomes(
            fetch.withNumbering().downloads(),
            "1:Viet.Nam.gif",
            "2:viet.nam.gif",
            "3:Viet.Nam.gif",
            "4:viet.nam_2.gif",
            "5:none",
            "6:none",
            "6:none");
    assertEquals(
        List.of(
            "Viet.Nam.gif",
            "viet.nam_2.gif",
            "Viet.Nam_3.gif",
            "viet.nam_2_2.gif",
            "none",
            "none_2",
            "none_3"),
        outcomes.stream().map(SameFileNameTest::fileName).toList());
  }

  @Test
  void aNumberedNameIsNoLongerThanAFileNameMayBe() {
    String longest = "\u4e2d".repeat(83) + "a.gif";
    var outcomes = outcomes(fetch.withNumbering().downloads(), "1:" + longest, "2:" + longest);
    assertEquals("\u4e2d".repeat(83) + "_2.gif", fileName(outcomes.get(1)));
  }

  @Test
  void aSavingAfterAPipelineOfTheUsersOwnKeepsTheRule() {
    Saving<String, String> saving =
        Saving.of(
            (key, text) -> new Document(FileName.of("same.txt"), bytes(text)),
            Folder.at(temp),
            disk);
    Pipeline<String, String> texts = Pipeline.of(policy, (String key) -> Maybe.just(key));
    var outcomes = outcomes(texts.then(saving), "1", "2");
    assertInstanceOf(Outcome.Success.class, outcomes.get(0));
    assertInstanceOf(Failure.class, outcomes.get(1));
    var numbered = outcomes(texts.then(saving.withNumbering()), "1", "2");
    assertInstanceOf(Outcome.Success.class, numbered.get(1));
  }

  private <V> List<Outcome<String, V>> outcomes(Pipeline<String, V> pipeline, String... keys) {
    var outcomes = pipeline.runInOrder(Flowable.fromArray(keys)).test();
    disk.triggerActions();
    return outcomes.assertValueCount(keys.length).assertComplete().values();
  }

  private static String fileName(Outcome<String, SavedFile> outcome) {
    return String.valueOf(outcome.asOptional().orElseThrow().path().getFileName());
  }

  private static Maybe<Document> document(String key) {
    String name = key.substring(key.indexOf(':') + 1);
    return Maybe.just(new Document(FileName.of(name), bytes(key)));
  }
}
