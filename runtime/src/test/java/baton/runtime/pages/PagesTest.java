package baton.runtime.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.http.House;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What all pages have: their headers, their files, and words where something cannot be had.
class PagesTest {
  private static House house;

  @BeforeAll
  static void open() {
    house = new House();
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  void aPageRunsOurScriptsAloneAndIsShownInNoOther() throws Exception {
    var page = get("/sign-in");
    String policy = header(page, "Content-Security-Policy");

    assertTrue(
        policy.matches(
            "default-src 'none'; script-src 'self' 'nonce-([A-Za-z0-9+/=]{24})'; style-src 'self'"
                + " 'nonce-\\1'; connect-src 'self'; img-src 'self' data:; font-src 'self';"
                + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
        policy);
    assertFalse(policy.equals(header(get("/sign-in"), "Content-Security-Policy")));
    assertEquals("nosniff", header(page, "X-Content-Type-Options"));
    assertEquals("same-origin", header(page, "Referrer-Policy"));
    assertEquals("no-store", header(page, "Cache-Control"));
  }

  @Test
  void allFilesOfAPageAreOursAndAreKeptForEver() throws Exception {
    var addresses = Pattern.compile("(?:href|src)=\"([^\"#]+)\"").matcher(get("/sign-in").body());
    int files = 0;
    while (addresses.find()) {
      String address = addresses.group(1);
      assertTrue(address.startsWith("/"), address);
      if (!address.startsWith("/assets/")) continue;
      files++;
      var file = get(address);
      assertEquals(200, file.statusCode(), address);
      assertEquals("public, max-age=31536000, immutable", header(file, "Cache-Control"));
      assertEquals("nosniff", header(file, "X-Content-Type-Options"));
    }
    assertEquals(3, files);
  }

  @Test
  void aFileOfAnotherVersionIsNotKept() throws Exception {
    assertEquals("no-cache", header(get("/assets/0000000000000000/baton.css"), "Cache-Control"));
    assertEquals(404, get("/assets/0000000000000000/baton.conf").statusCode());
  }

  @Test
  void whatIsNotThereIsSaidInWordsToPeopleAndAsAProblemToPrograms() throws Exception {
    var people = request("/nowhere").header("Accept", "text/html").build();
    var page = HttpClient.newHttpClient().send(people, BodyHandlers.ofString());

    assertEquals(404, page.statusCode());
    assertTrue(page.body().contains("<h1>There is nothing here</h1>"));
    assertTrue(header(get("/nowhere"), "Content-Type").startsWith("application/problem+json"));
  }

  @Test
  void whatWasAskedForIsShownAsTextAlone() throws Exception {
    var page = get("/sign-in?next=/%22%3E%3Cscript%3Ealert(1)%3C/script%3E");

    assertFalse(page.body().contains("<script>alert"));
  }

  @Test
  void theSignInPageIsFinished() {
    try (var browser = Browser.open()) {
      browser.sized(Browser.WIDE, false).go(house.url + "/sign-in");
      browser.lookAt("sign-in");
      browser.type("#token", "not the token\n");
      browser.awaitText("#problem", "This is not the operator token.");
      browser.mustBeAccessible();
      browser.press("Theme: as the system");
      browser.press("Theme: light");
      browser.until(
          "it is dark",
          () ->
              browser.run("return document.documentElement.dataset.theme").equals("dark")
                  ? 1
                  : null);
    }
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request(path).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(house.url + path));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
