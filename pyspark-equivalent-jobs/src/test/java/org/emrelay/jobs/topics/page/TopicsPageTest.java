package org.emrelay.jobs.topics.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;

class TopicsPageTest {
    private static final String MARKUP = "</script><!--<script>alert('&')</script>\u2028\u202e\u0007\ud800";

    @Test
    void showsAllTopicsWithoutItsScript() {
        String html = PageFixture.page(PageFixture.topics(3), PageFixture.hours(3, 24))
                .html();

        assertThat(html.split("<article class=\"topic\" id=\"topic-", -1)).hasSize(4);
        assertThat(html.split("<a href=\"#topic-1\">", -1)).as("map and list").hasSize(3);
        assertThat(html)
                .contains("<a class=\"mini\" href=\"#topic-2\">")
                .contains("<div class=\"controls\" id=\"controls\" hidden>")
                .contains(
                        "118 posts (",
                        "have a main topic with a probability below 50 %, which is little more than a guess.")
                .contains("Random posts <small>drawn at random from all posts with this main topic</small>");
    }

    @Test
    void ordersTermsByRelevance() {
        PageFixture.Made topics = PageFixture.topics(1);
        topics.first()
                .put(
                        "terms",
                        List.of(
                                PageFixture.term("frequent", 0.2, 1),
                                PageFixture.term("specific", 0.1, 20),
                                PageFixture.term("both", 0.18, 10)));

        String html = PageFixture.page(topics, PageFixture.hours(1, 24)).html();

        assertThat(html)
                .contains("<li><bdi>both</bdi>", "<li><bdi>specific</bdi>", "<li><bdi>frequent</bdi>")
                .containsSubsequence("<li><bdi>both", "<li><bdi>specific", "<li><bdi>frequent")
                .contains(
                        "<rect class=\"all\" width=\"9.0\" height=\"10\"/>"
                                + "<rect class=\"first\" y=\"2\" width=\"90.0\" height=\"6\"/></svg><span>18 %</span><span>10 ×</span>");
    }

    @Test
    void hostileTextsStayText() throws IOException {
        PageFixture.Made topics = PageFixture.topics(1);
        topics.first().put("name", MARKUP);
        topics.first().put("terms", List.of(PageFixture.term(MARKUP, 0.1, 2)));
        topics.first()
                .put(
                        "examples",
                        List.of(
                                PageFixture.example("clear", MARKUP, 0.9),
                                PageFixture.example("random", "{\"a\":1}", 0.4)));
        topics.values().put("settings", Map.of("method", MARKUP));

        String html = new TopicsPage(PageFixture.parsed(topics), PageFixture.hours(1, 2), PageFixture.dropped(), MARKUP)
                .html();

        assertThat(html.split("<script", -1)).as("data and program").hasSize(3);
        assertThat(html.split("</script", -1)).hasSize(3);
        assertThat(html)
                .doesNotContain("<!--", "<b>crypto", "\u0007")
                .contains("<p dir=\"auto\">&lt;/script&gt;&lt;!--");
        assertThat(data(html)
                        .path("topics")
                        .path(0)
                        .path("terms")
                        .path(0)
                        .path(0)
                        .asText())
                .startsWith("</script><!--<script>alert('&')");
    }

    @Test
    void allowsOnlyItsOwnStyleAndScript() throws Exception {
        String html =
                PageFixture.page(PageFixture.topics(2), PageFixture.hours(2, 3)).html();

        assertThat(html)
                .contains("default-src 'none'; style-src '" + hash(between(html, "<style>", "</style>"))
                        + "'; script-src '"
                        + hash(between(html, "</script>\n<script>", "</script>\n</body>"))
                        + "'; base-uri 'none'; form-action 'none'")
                .doesNotContain(" style=", "src=", "url(", "onclick");
        assertThat(Pattern.compile("https?://(?!t\\.co/abc)(?!www\\.w3\\.org/2000/svg)")
                        .matcher(html)
                        .find())
                .isFalse();
    }

    @Test
    void aHundredTopicsOverAYearOfHoursFit() {
        PageFixture.Made topics = PageFixture.topics(100);

        String html = PageFixture.page(topics, PageFixture.hours(100, 10_000)).html();

        assertThat(bytes(html)).isLessThan(TopicsPage.MAX_BYTES);
        assertThat(html.split("<article", -1)).hasSize(101);
        assertThat(html).contains("Each bar is 3 days (UTC)");
    }

    @Test
    void longTextsAreClippedUntilThePageFits() {
        PageFixture.Made topics = PageFixture.topics(100);
        String longText = "\ud83d\ude80 \"&'<".repeat(50);
        for (Map<String, Object> values : topics.topics()) {
            values.put("name", longText);
            values.put(
                    "examples",
                    List.of(
                            PageFixture.example("clear", longText, 0.9),
                            PageFixture.example("clear", longText, 0.8),
                            PageFixture.example("random", longText, 0.7)));
            values.put(
                    "terms",
                    IntStream.range(0, 90)
                            .mapToObj(number -> PageFixture.term(longText + number, 0.1, 3))
                            .toList());
        }

        assertThat(bytes(
                        PageFixture.page(topics, PageFixture.hours(100, 10_000)).html()))
                .isLessThan(TopicsPage.MAX_BYTES);
    }

    @Test
    void drawsASingleTopicWithoutHoursOrFigures() {
        PageFixture.Made topics = PageFixture.topics(1);
        topics.values().put("held_out_posts", 0);
        topics.values().put("map_shown", Double.NaN);
        topics.values().put("none", 0);
        topics.first().put("npmi", Double.NaN);
        topics.first().put("x", Double.NaN);
        topics.first().put("terms", List.of(PageFixture.term("word", Double.NaN, 1)));
        topics.first().put("examples", List.of());

        String html = new TopicsPage(
                        PageFixture.parsed(topics),
                        new TopicHours(1, new TreeMap<>()),
                        DroppedRules.parse(DroppedRules.Report.none(), DroppedRules.Report.none()),
                        "Title")
                .html();

        assertThat(html)
                .contains("There are no posts with a time.", "This is not the main topic of any post.")
                .contains("Unknown: the reports of the earlier steps were not given.")
                .contains("NPMI –")
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void rejectsInvalidFiles() {
        assertThatThrownBy(() -> FoundTopics.parse("--topics", "out/topics.json", "{\"topics\": []}"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--topics: out/topics.json does not describe topics. Pass the output of the step 'topics'.");
        assertThatThrownBy(() ->
                        TopicHours.parse("--topics", "out/prevalence.json", "{\"names\": [\"a\"], \"hours\": [\"x\"]}"))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--topics: out/prevalence.json is not a table of posts by hour. Pass the output of the step 'topics'.");
        assertThatThrownBy(() -> DroppedRules.parse(
                        DroppedRules.Report.none(), new DroppedRules.Report("--filtered", "out/report.json", "{")))
                .isInstanceOf(UserFault.class)
                .hasMessage("--filtered: out/report.json is not valid JSON. Pass the unchanged output of the step.");
    }

    private static int bytes(String html) {
        return html.getBytes(StandardCharsets.UTF_8).length;
    }

    private static JsonNode data(String html) throws IOException {
        return new ObjectMapper().readTree(between(html, "id=\"data\">", "</script>"));
    }

    private static String between(String html, String start, String end) {
        Matcher found = Pattern.compile(Pattern.quote(start) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(html);
        assertThat(found.find()).as(start).isTrue();
        return found.group(1);
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
