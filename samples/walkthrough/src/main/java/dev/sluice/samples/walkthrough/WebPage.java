package dev.sluice.samples.walkthrough;

import dev.sluice.Resource;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import picocli.CommandLine.Command;

/**
 * {@code @asynccontextmanager} with blocking work before and after: a page is downloaded, used on
 * the event loop, and counted.
 */
@Command(
    name = "webpage",
    description = "A context manager with blocking work of 1 s before and after its use.")
public final class WebPage extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new WebPage(), args);
  }

  /** A resource opens on the thread that subscribes, and closes on the thread that completes. */
  @Override
  Completable run(SampleContext context) {
    Resource<String> page =
        Resource.of(() -> download(context), opened -> updateStatistics(context));
    return page.useOnce(text -> use(text, context).observeOn(context.io()))
        .subscribeOn(context.io())
        .ignoreElement();
  }

  private static String download(SampleContext context) {
    context.trace("download starts");
    context.sleep(1);
    context.trace("download ends");
    printThread("downloaded", context);
    return "<html></html>";
  }

  /** {@code async with web_page(url) as text}. */
  private static Maybe<Integer> use(String text, SampleContext context) {
    return Maybe.just(text)
        .observeOn(context.loop())
        .map(String::length)
        .doOnSuccess(length -> printThread("used: " + length + " characters", context));
  }

  private static void updateStatistics(SampleContext context) {
    context.trace("update starts");
    context.sleep(1);
    context.trace("update ends");
    printThread("statistics updated", context);
  }

  private static void printThread(String event, SampleContext context) {
    context.print(event + " on " + Thread.currentThread().getName());
  }
}
