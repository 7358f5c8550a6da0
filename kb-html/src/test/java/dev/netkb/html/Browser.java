package dev.netkb.html;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium with a profile of its own. It and its driver are those that {@code netkb.chromium} and
 * {@code netkb.chromedriver} name, else those on the path; where there are none, the test is skipped.
 */
final class Browser implements AutoCloseable {

    /** Selenium warns that it has no classes for this version of the protocol, of which nothing here has need. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private static final Pattern REQUEST = Pattern.compile("\"requestId\":\"([^\"]*)\"");
    private static final Pattern URL = Pattern.compile("\"request\":\\{.*?\"url\":\"([^\"]*)\"", Pattern.DOTALL);

    private final ChromeDriver driver;
    private final Path folder;

    private Browser(ChromeDriver driver, Path folder) {
        this.driver = driver;
        this.folder = folder;
    }

    /** @param folder for its profile and the pages that it opens */
    static Browser start(Path folder) {
        Optional<Path> chromium = find("netkb.chromium", "chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = find("netkb.chromedriver", "chromedriver");
        Assumptions.assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "no chromium with its chromedriver on the path, nor named by -Dnetkb.chromium and -Dnetkb.chromedriver");
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1280,900",
                "--user-data-dir=" + folder.resolve("profile"));
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        Browser browser = new Browser(driver, folder);
        browser.command("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        browser.command(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        return browser;
    }

    private static Optional<Path> find(String property, String... names) {
        String named = System.getProperty(property);
        Stream<Path> candidates = named != null
                ? Stream.of(Path.of(named))
                : Arrays.stream(names)
                        .flatMap(name -> Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "")
                                        .split(File.pathSeparator))
                                .map(folder -> Path.of(folder, name)));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    /** Opens a page from a file. */
    void open(String html) {
        try {
            Path page = folder.resolve("page.html");
            Files.writeString(page, html, StandardCharsets.UTF_8);
            driver.get("about:blank");
            console();
            requests();
            driver.get(page.toUri().toString());
            until("document.readyState === 'complete' && document.getElementById('said') !== null");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Those that a person sees. */
    List<WebElement> visible(String selector) {
        return all(selector).stream().filter(WebElement::isDisplayed).toList();
    }

    void click(String selector) {
        WebElement element = one(selector);
        script("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    void keys(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    void command(String name, Map<String, Object> parameters) {
        driver.executeCdpCommand(name, parameters);
    }

    void until(String script) {
        new WebDriverWait(driver, Duration.ofSeconds(20))
                .withMessage(script)
                .until(any -> Boolean.TRUE.equals(driver.executeScript("return " + script)));
    }

    void prefers(String scheme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    String clipboard() {
        return (String) driver.executeAsyncScript(
                "const done = arguments[0]; navigator.clipboard.readText().then(done, e => done('' + e))");
    }

    /** What the console said since it was asked last. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Addresses that were asked for since this was asked last, without those that the policy of the page refused. */
    List<String> requests() {
        Map<String, String> requests = new LinkedHashMap<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            String message = entry.getMessage();
            Matcher id = REQUEST.matcher(message);
            if (id.find() && message.contains("\"Network.requestWillBeSent\"")) {
                Matcher url = URL.matcher(message);
                requests.put(id.group(1), url.find() ? url.group(1) : message);
            } else if (message.contains("\"Network.loadingFailed\"") && message.contains("\"blockedReason\":\"csp\"")) {
                requests.remove(id.group(1));
            }
        }
        return List.copyOf(requests.values());
    }

    @Override
    public void close() {
        driver.quit();
    }
}
