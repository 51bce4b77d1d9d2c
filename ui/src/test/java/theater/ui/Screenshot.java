package theater.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.nio.file.Path;

/// Takes a picture of the page as a reader meets it: `java theater.ui.Screenshot URL FILE
/// [LANGUAGE] [WIDTH] [HEIGHT]`. Waits until the page says that it is live, so that no half-drawn
/// page gets into a document.
final class Screenshot {

  private Screenshot() {}

  public static void main(String[] arguments) {
    if (arguments.length < 2) {
      throw new IllegalArgumentException(
          "expected URL FILE [LANGUAGE] [WIDTH] [HEIGHT], got " + arguments.length + " arguments");
    }
    String language = arguments.length > 2 ? arguments[2] : "en";
    int width = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1280;
    int height = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 720;
    try (Chromium chromium = Chromium.start()) {
      take(chromium.browser(), arguments[0], Path.of(arguments[1]), language, width, height);
    }
  }

  /// Opens `url` with a window of `width` × `height` CSS pixels, twice as sharp, and writes a PNG
  /// to `file`.
  static void take(Browser browser, String url, Path file, String language, int width, int height) {
    try (var context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale(language)
                .setViewportSize(width, height)
                .setDeviceScaleFactor(2))) {
      Page page = context.newPage();
      page.navigate(url);
      page.waitForSelector("html[data-link='live']");
      page.waitForFunction(
          "() => document.querySelectorAll('[data-testid^=refresh-]:disabled').length === 0");
      page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(height == 0));
    }
  }
}
