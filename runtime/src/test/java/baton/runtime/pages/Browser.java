package baton.runtime.pages;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/// A Chromium without a window, and what a test does with it.
public final class Browser implements AutoCloseable {
  /// A phone and a desk.
  public static final int NARROW = 390;

  public static final int WIDE = 1440;

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String AXE = axe();

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /// A new one, with no cookies and nothing kept.
  public static Browser open() {
    return new Browser(start(true));
  }

  /// One that runs no scripts.
  public static Browser withoutScripts() {
    return new Browser(start(false));
  }

  private static ChromeDriver start(boolean scripts) {
    if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
      throw new AssertionError(
          "the pages are tested in Chromium: install it with"
              + " `apt-get install chromium chromium-driver`");
    }
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--no-first-run");
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    if (!scripts) {
      options.setExperimentalOption(
          "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }
    var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    return new ChromeDriver(service, options);
  }

  /// As wide as a phone or a desk, in light or dark.
  public Browser sized(int widthPx, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            widthPx,
            "height",
            widthPx == NARROW ? 844 : 900,
            "deviceScaleFactor",
            widthPx == NARROW ? 2 : 1,
            "mobile",
            widthPx == NARROW));
    driver.executeCdpCommand(
        "Emulation.setTouchEmulationEnabled", Map.of("enabled", widthPx == NARROW));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    return this;
  }

  public Browser zone(String timeZone) {
    driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", timeZone));
    return this;
  }

  public Browser go(String url) {
    driver.get(url);
    return this;
  }

  public ChromeDriver driver() {
    return driver;
  }

  public WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  public List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  public boolean has(String css) {
    return !all(css).isEmpty();
  }

  /// Waits until an element is there and to be seen.
  public WebElement await(String css) {
    return until(
        css + " is seen",
        () -> all(css).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
  }

  /// Waits until an element holds a text.
  public void awaitText(String css, String text) {
    until(
        "“" + text + "” stands in " + css,
        () -> all(css).stream().anyMatch(found -> found.getText().contains(text)) ? true : null);
  }

  /// Waits until something is there; what was being redrawn meanwhile is looked at again.
  public <T> T until(String what, java.util.function.Supplier<T> found) {
    return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .ignoring(org.openqa.selenium.WebDriverException.class)
        .withMessage(() -> what + "; the page says: " + text())
        .until(_ -> found.get());
  }

  /// What stands on the page.
  public String text() {
    return find("body").getText();
  }

  /// Presses what is called so.
  public void press(String name) {
    until(
        "a button or link called " + name,
        () ->
            all("button, a, [role=button], summary").stream()
                .filter(WebElement::isDisplayed)
                .filter(found -> found.getText().strip().equals(name))
                .findFirst()
                .map(found -> reached(found, WebElement::click))
                .orElse(null));
  }

  /// Waits until an element is there and to be seen, and presses it.
  public void click(String css) {
    reach(css, WebElement::click);
  }

  /// Waits until an element is there and to be seen, and types into it.
  public void type(String css, CharSequence... keys) {
    reach(css, found -> found.sendKeys(keys));
  }

  private void reach(String css, Consumer<WebElement> act) {
    until(
        css + " is seen",
        () ->
            all(css).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .map(found -> reached(found, act))
                .orElse(null));
  }

  /// What was redrawn since it was found has not been touched: it is looked for again.
  private static Boolean reached(WebElement found, Consumer<WebElement> act) {
    try {
      act.accept(found);
      return true;
    } catch (StaleElementReferenceException redrawn) {
      return null;
    }
  }

  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /// Fails with what axe finds wrong for people who see, hear or move otherwise.
  public void mustBeAccessible() {
    if (!Boolean.TRUE.equals(run("return !!window.axe"))) run(AXE);
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ["violations"]}).then(
              found => done(found.violations.map(v =>
                v.id + ": " + v.help + "\\n" + v.nodes.map(n => "  " + n.target + " "
                  + n.any.concat(n.all, n.none).map(c => c.message).join("; ")).join("\\n")
              ).join("\\n")),
              failure => done(String(failure)));
            """);
    if (!"".equals(found)) fail("axe: " + found);
  }

  /// Nothing on the page reaches beyond its width.
  public void mustFit() {
    Object over =
        run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    if (((Number) over).intValue() > 0) fail("the page is " + over + " px too wide");
  }

  /// What a finger presses is 44 px high, but for links within a sentence.
  public void mustBeTouchable() {
    Object small =
        run(
            """
            return [...document.querySelectorAll("button, a, summary, select, textarea, input")]
              .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.matches(".skip"))
              .filter(e => getComputedStyle(e).display !== "inline" && e.type !== "hidden")
              .filter(e => !e.closest("label") && !e.closest("[aria-hidden=true]"))
              .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
              .filter(([_, box]) => box.height > 0 && box.height < 43.5)
              .map(([what, box]) => box.height + " px: " + what).join("\\n");
            """);
    if (!"".equals(small)) fail("too small for a finger: " + small);
  }

  /// Fails where the browser complained: a script that threw, a file that was refused.
  public void mustBeQuiet() {
    var complaints =
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
            .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
            .map(entry -> entry.getMessage())
            .toList();
    if (!complaints.isEmpty()) fail("the browser complained: " + complaints);
  }

  /// Keeps what the page looks like under `target/screenshots`.
  public void shoot(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The same in both widths and both themes, each free of what axe finds.
  public void lookAt(String name) {
    for (int width : List.of(NARROW, WIDE)) {
      for (boolean dark : List.of(false, true)) {
        sized(width, dark);
        mustFit();
        if (width == NARROW) mustBeTouchable();
        mustBeAccessible();
        shoot(name + "-" + width + (dark ? "-dark" : "-light"));
      }
    }
  }

  private static String axe() {
    try (var in = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
