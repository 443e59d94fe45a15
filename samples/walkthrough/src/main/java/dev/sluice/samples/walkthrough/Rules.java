package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Completable;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * Native coroutines against asynchronous generators: what may be used where. In Python {@code
 * one()} is a coroutine and {@code many()} an asynchronous generator; here they are a {@code
 * Single} and a {@code Flowable}. Python complains when it runs, mostly; here the compiler does. A
 * test compiles every line of this table, and runs it in Python.
 */
@Command(
    name = "rules",
    description = "Coroutines and asynchronous generators: what may be used where.")
public final class Rules extends SampleCommand {
  static final String OK = "ok";

  /** {@code async def one(): return 42} and {@code async def many(): yield 1; yield 2}. */
  static final String DECLARATIONS =
      "Single<Integer> one = Single.just(42); Flowable<Integer> many = Flowable.just(1, 2);";

  /** A statement in both languages, and what Python and the Java compiler say about it. */
  record Rule(String python, String pythonSays, String java, String compilerSays) {}

  static final List<Rule> ALL =
      List.of(
          new Rule("n = await one() + 1", OK, "Single<Integer> n = one.map(i -> i + 1);", OK),
          new Rule(
              "n = one() + 1",
              "TypeError: unsupported operand type(s) for +: 'coroutine' and 'int'",
              "int n = one + 1;",
              "bad operand types for binary operator '+'"),
          new Rule(
              "def f(): return await one()",
              "SyntaxError: 'await' outside async function",
              "int n = one;",
              "incompatible types: Single<Integer> cannot be converted to int"),
          new Rule(
              "one()",
              "RuntimeWarning: coroutine 'one' was never awaited",
              "one.map(i -> i + 1);",
              "[CheckReturnValue] The result of `map(...)` must be used"),
          new Rule(
              "all = [n async for n in many()]",
              OK,
              "Single<List<Integer>> all = many.toList();",
              OK),
          new Rule(
              "n = await many()",
              "TypeError: object async_generator can't be used in 'await' expression",
              "Single<Integer> n = many;",
              "incompatible types: Flowable<Integer> cannot be converted to Single<Integer>"),
          new Rule(
              "async for n in one(): pass",
              "TypeError: 'async for' requires an object with __aiter__ method, got coroutine",
              "Flowable<Integer> all = one;",
              "incompatible types: Single<Integer> cannot be converted to Flowable<Integer>"),
          new Rule(
              "for n in many(): pass",
              "TypeError: 'async_generator' object is not iterable",
              "for (int n : many) {}",
              "for-each not applicable to expression type"),
          new Rule(
              "async def f(): yield 1; return 2",
              "SyntaxError: 'return' with value in async generator",
              "Flowable<Integer> last = many.lastOrError();",
              "incompatible types: Single<Integer> cannot be converted to Flowable<Integer>"),
          new Rule(
              "async def f(): yield from many()",
              "SyntaxError: 'yield from' inside async function",
              "Flowable<Integer> both = Flowable.concat(many, many);",
              OK),
          new Rule(
              "all = {n for n in [1, 42] if n == await one()}",
              OK,
              "Single<Set<Integer>> all = many.concatMapMaybe(n ->"
                  + " one.filter(n::equals)).collect(toSet());",
              OK),
          new Rule(
              "all = {n for n in [1, 42] if one()}",
              "RuntimeWarning: coroutine 'one' was never awaited",
              "Flowable<Integer> all = many.filter(n -> one.map(n::equals));",
              "incompatible types: bad return type in lambda expression"),
          new Rule(
              "all = (await one() for n in [1, 42]); [n async for n in all]",
              OK,
              "Flowable<Integer> all = many.concatMapSingle(n -> one);",
              OK));

  public static void main(String... args) {
    launch(new Rules(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.fromAction(
        () -> {
          for (Rule rule : ALL) {
            context.print("%-44s # %s".formatted(rule.python(), rule.pythonSays()));
            context.print("  %-50s // %s".formatted(rule.java(), rule.compilerSays()));
          }
        });
  }
}
