package dev.sluice.samples.mojifinder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page in Chromium, used with the keyboard. */
@Timeout(120)
class PageTest {
  private static final String ENTER = "\uE007";
  private static final String ESCAPE = "\uE00C";
  private static final String DOWN = "\uE015";
  private static final String BACKSPACE = "\uE003";

  // Not deleted here: the browser may still write to it while it exits.
  @TempDir(cleanup = CleanupMode.NEVER)
  Path profile;

  @Test
  void searchesWhileTypingAndCopies() throws Exception {
    try (WebServer server = serve();
        Browser browser = open(1200)) {
      browser.visit(server.uri().toString());
      assertTrue(browser.run("return document.activeElement.id === 'q'").booleanValue());
      browser.type("cat fac");
      browser.await(statusIs("0") + " || document.querySelector('#status').textContent !== ''");
      browser.type("e");
      browser.await(statusIs("10 characters found"));
      assertEquals(10, rows(browser));
      assertEquals("🐱", text(browser, ".row .glyph"));
      assertEquals("CAT FACE", text(browser, ".row .name"));
      browser.type(DOWN);
      assertTrue(browser.run("return document.activeElement.matches('.row')").booleanValue());
      browser.type(ENTER);
      browser.await(statusIs("Copied CAT FACE"));
      browser.type(ESCAPE);
      assertEquals("q", text(browser, ":focus", "id"));
    }
  }

  @Test
  void showsAQueryWithMarkupAsText() throws Exception {
    try (WebServer server = serve();
        Browser browser = open(1200)) {
      browser.visit(server.uri() + "?q=%3Cscript%3Edocument.title%3D'no'%3C/script%3E");
      browser.await("document.querySelector('#status').textContent.includes('<script>')");
      assertFalse(text(browser, "title").equals("no"));
      assertEquals(0, rows(browser));
      assertEquals(1, browser.run("return document.scripts.length").intValue());
    }
  }

  @Test
  void showsTheExamplesAgainWhenTheQueryIsEmpty() throws Exception {
    try (WebServer server = serve();
        Browser browser = open(1200)) {
      browser.visit(server.uri() + "?q=lamp");
      browser.await(statusIs("2 characters found"));
      browser.type(BACKSPACE.repeat(4));
      browser.await("!document.querySelector('#start').hidden");
      assertEquals(0, rows(browser));
      assertEquals("", text(browser, "#status"));
    }
  }

  @Test
  void fitsANarrowScreenAndLoadsMore() throws Exception {
    try (WebServer server = serve();
        Browser browser = open(360)) {
      browser.visit(server.uri() + "?q=cjk");
      browser.await("document.querySelectorAll('.row').length === 60");
      assertEquals(360, browser.run("return innerWidth").intValue());
      assertTrue(
          browser.run("return document.documentElement.scrollWidth <= innerWidth").booleanValue());
      assertTrue(
          browser
              .run(
                  "return [...document.querySelectorAll('button:not([hidden])')]"
                      + ".every(b => b.hidden || !b.offsetHeight || b.offsetHeight >= 40)")
              .booleanValue());
      browser.run("document.querySelector('#more').click()");
      browser.await("document.querySelectorAll('.row').length === 120");
    }
  }

  private static WebServer serve() throws Exception {
    return WebServer.start(CharIndex.ofUnicode(), ListenSettings.onLoopback());
  }

  private Browser open(int width) throws Exception {
    Optional<Browser> browser = Browser.open(profile, width);
    Assumptions.assumeTrue(browser.isPresent(), "skipped: chromium is not installed");
    return browser.get();
  }

  private static String statusIs(String text) {
    return "document.querySelector('#status').textContent === '" + text + "'";
  }

  private static int rows(Browser browser) throws Exception {
    return browser.run("return document.querySelectorAll('.row').length").intValue();
  }

  private static String text(Browser browser, String selector) throws Exception {
    return text(browser, selector, "textContent");
  }

  private static String text(Browser browser, String selector, String property) throws Exception {
    return browser
        .run("return document.querySelector('" + selector + "')." + property)
        .textValue()
        .strip();
  }
}
