package theater.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/// One reader's visit to the page: the page and what went wrong or out while it was open.
final class Visit implements AutoCloseable {

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> outside = new ArrayList<>();

  private Visit(BrowserContext context, String url) {
    this.context = context;
    this.page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.onRequest(request -> {
      if (!request.url().startsWith(url)) {
        outside.add(request.url());
      }
    });
    page.navigate(url);
  }

  /// Opens the page with a browser of this language and waits until it is live.
  static Visit live(Browser browser, StubGateway gateway, String language) {
    Visit visit = open(browser, gateway, language);
    visit.page.waitForSelector("html[data-link='live']");
    return visit;
  }

  static Visit open(Browser browser, StubGateway gateway, String language) {
    return new Visit(
        browser.newContext(
            new Browser.NewContextOptions().setLocale(language).setViewportSize(1280, 720)),
        gateway.url());
  }

  Page page() {
    return page;
  }

  Locator part(String testId) {
    return page.getByTestId(testId);
  }

  /// Errors and warnings of the browser's console, and exceptions of the page.
  List<String> complaints() {
    return complaints;
  }

  /// Requests to anywhere but the gateway.
  List<String> outside() {
    return outside;
  }

  @Override
  public void close() {
    context.close();
  }
}
