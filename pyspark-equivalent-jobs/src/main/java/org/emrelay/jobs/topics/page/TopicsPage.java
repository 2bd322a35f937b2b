package org.emrelay.jobs.topics.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emrelay.jobs.topics.page.FoundTopics.Candidate;
import org.emrelay.jobs.topics.page.FoundTopics.FoundTopic;
import org.emrelay.pages.Html;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.PageStyle;
import org.emrelay.pages.ReportPage;
import org.emrelay.pages.ReportPage.Tile;
import org.emrelay.pages.ScriptedPage;
import org.emrelay.pages.charts.BubbleChart;
import org.emrelay.pages.charts.BubbleChart.Bubble;

/** The topics page: one file that is complete without its script. */
record TopicsPage(FoundTopics found, TopicHours hours, DroppedRules dropped, String title) {
    static final int MAX_BYTES = 2_000_000;
    static final String DEFAULT_TITLE = "Topics of the posts";

    TopicsPage {
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(hours, "hours");
        Objects.requireNonNull(dropped, "dropped");
        Objects.requireNonNull(title, "title");
    }

    /** Returns the page with as much detail as fits. */
    String html() {
        String html = "";
        for (PageDetail detail : PageDetail.LEVELS) {
            html = html(detail);
            if (html.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
                return html;
            }
        }
        return html;
    }

    private String html(PageDetail detail) {
        TopicCards cards = new TopicCards(found, detail);
        TimeBins bins = TimeBins.of(hours, detail.bins());
        ReportPage page = new ReportPage(SafeText.name(title), lead(bins)).tiles(tiles());
        page.heading("Topics", introduction()).markup(explorer(cards));
        new TimeCharts(found, bins).addTo(page);
        new ModelChoice(found).addTo(page);
        new DroppedSection(found, dropped).addTo(page);
        page.heading("Limitations", "").markup(new Limitations(found).html());
        page.note(settings());
        return new ScriptedPage(
                        SafeText.name(title),
                        page.body(),
                        PageStyle.read(TopicsPage.class, "topics.css"),
                        cards.json(),
                        PageStyle.read(TopicsPage.class, "topics.js"))
                .html();
    }

    private String lead(TimeBins bins) {
        String times = bins.size() == 0
                ? ""
                : bins.size() == 1
                        ? ", " + bins.label(0) + " UTC"
                        : ", " + bins.label(0) + " to " + bins.lastLabel() + " UTC";
        return Figures.posts(found.posts()) + " and " + NumberFormats.count(found.duplicates())
                + " duplicates of them" + times
                + ". A topic is a set of words that often occur together. Each post has a"
                + " probability for every topic, and the most probable one is its main topic.";
    }

    private List<Tile> tiles() {
        Candidate quality = found.quality();
        return List.of(
                new Tile(
                        NumberFormats.count(found.topics().size()),
                        "Topics",
                        found.selection() == null ? "given, not chosen" : "chosen by coherence and stability"),
                new Tile(
                        NumberFormats.count(found.withTopic()),
                        "Posts with a topic",
                        NumberFormats.count(found.none()) + " (" + Figures.share(found.none(), found.posts())
                                + ") without one"),
                new Tile(
                        NumberFormats.decimal(quality.npmi(), 3),
                        "Coherence (NPMI)",
                        (quality.hasSeeds() ? "± " + NumberFormats.decimal(quality.npmiError(), 3) + "; " : "")
                                + (found.heldOutPosts() == 0
                                        ? "measured on all posts"
                                        : "on " + NumberFormats.count(found.heldOutPosts()) + " held-out posts")),
                new Tile(
                        quality.hasSeeds() ? NumberFormats.decimal(quality.stability(), 2) : "–",
                        "Stability",
                        quality.hasSeeds() ? quality.npmiBySeed().size() + " seeds; maximum 1" : "only one seed"),
                new Tile(
                        NumberFormats.count(found.vocabulary()),
                        "Vocabulary",
                        Figures.percent(found.knownWords()) + " of all words"));
    }

    private String introduction() {
        return "The area of a bubble shows the share of a topic: its mean probability over all posts. Close bubbles have similar terms. Blue"
                + " bars show the probability of a term in the topic, grey bars its probability in all posts. “12 ×” means twelve times as"
                + " probable in the topic as in all posts.";
    }

    private String explorer(TopicCards cards) {
        return "<section class=\"explorer\">\n<div class=\"overview\">\n<figure>" + map()
                + "<figcaption>Distances between topics"
                + " (Jensen–Shannon) in two dimensions: " + Figures.percent(found.mapShown())
                + " of their variance.</figcaption></figure>\n" + table() + "</div>\n<div class=\"selected\">\n"
                + controls()
                + cards.html() + "</div>\n</section>";
    }

    private String map() {
        return new BubbleChart(
                        "Map of the topics",
                        found.topics().stream()
                                .map(topic -> new Bubble(
                                        topic.x(),
                                        topic.y(),
                                        topic.share(),
                                        String.valueOf(topic.topic()),
                                        SafeText.name(topic.name()),
                                        TopicCards.id(topic)))
                                .toList())
                .svg();
    }

    private String table() {
        StringBuilder html = new StringBuilder(
                "<div class=\"table list\"><table><thead><tr><th>Topic</th><th>Share</th><th>Posts</th>"
                        + "<th>NPMI</th></tr></thead><tbody>\n");
        for (FoundTopic topic : found.topics()) {
            html.append("<tr><td><a href=\"#")
                    .append(TopicCards.id(topic))
                    .append("\"><span class=\"number\">")
                    .append(topic.topic())
                    .append("</span> <bdi>")
                    .append(Html.escape(SafeText.name(topic.name())))
                    .append("</bdi></a></td><td>")
                    .append(Figures.percent(topic.share()))
                    .append("</td><td>")
                    .append(NumberFormats.count(topic.posts()))
                    .append("</td><td>")
                    .append(NumberFormats.decimal(topic.npmi(), 2))
                    .append("</td></tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    /** Returns the controls, which only the script shows. */
    private String controls() {
        String lambda = String.valueOf(found.lambda());
        return "<noscript><p class=\"note\">Without JavaScript, the page lists all topics one below the other, with their terms for λ = "
                + lambda
                + ".</p></noscript>\n<div class=\"controls\" id=\"controls\" hidden>\n"
                + "<div class=\"steps\"><button type=\"button\" id=\"previous\" aria-label=\"Previous topic\">‹</button>"
                + "<button type=\"button\" id=\"next\" aria-label=\"Next topic\">›</button></div>\n"
                + "<label class=\"lambda\"><span>Terms by relevance, λ = <output id=\"value\" for=\"lambda\">" + lambda
                + "</output></span><input type=\"range\" id=\"lambda\" min=\"0\" max=\"1\" step=\"0.05\" value=\""
                + lambda
                + "\"><span class=\"ends\"><span>0: only in this topic</span><span>1: most frequent</span></span></label>\n</div>\n";
    }

    private String settings() {
        List<String> settings = new ArrayList<>();
        found.settings().forEach((name, value) -> addSetting(settings, name, value));
        return "Settings: " + String.join(", ", settings) + ".";
    }

    private static void addSetting(List<String> settings, String name, JsonNode value) {
        if (value.isObject()) {
            value.fields().forEachRemaining(entry -> addSetting(settings, entry.getKey(), entry.getValue()));
        } else if (value.isArray()) {
            settings.add(name.replace('_', ' ') + " " + value.size());
        } else if (!value.isNull()) {
            settings.add(name.replace('_', ' ') + " " + SafeText.term(value.asText()));
        }
    }
}
