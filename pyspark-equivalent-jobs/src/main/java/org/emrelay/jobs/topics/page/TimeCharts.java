package org.emrelay.jobs.topics.page;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.emrelay.jobs.topics.page.FoundTopics.FoundTopic;
import org.emrelay.pages.Html;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.ReportPage;

/** The section about topics over time, with a small chart per topic. All have the same scale. */
final class TimeCharts {
    private final FoundTopics found;
    private final TimeBins bins;
    /** The periods with enough posts to compare their shares. All periods with posts if none has enough. */
    private final int[] compared;
    /** The largest share of a topic in any of these periods. */
    private final double top;

    TimeCharts(FoundTopics found, TimeBins bins) {
        this.found = Objects.requireNonNull(found, "found");
        this.bins = Objects.requireNonNull(bins, "bins");
        int[] filled = IntStream.range(0, bins.size())
                .filter(bin -> bins.posts(bin) > 0)
                .toArray();
        int[] enough = Arrays.stream(filled).filter(bin -> !bins.hasFew(bin)).toArray();
        this.compared = enough.length == 0 ? filled : enough;
        this.top = Arrays.stream(compared)
                .mapToDouble(bin -> Arrays.stream(bins.counts().get(bin)).max().orElse(0) / (double) bins.posts(bin))
                .max()
                .orElse(1);
    }

    void addTo(ReportPage page) {
        if (bins.size() == 0) {
            page.heading("Topics over time", "There are no posts with a time.");
            return;
        }
        page.heading("Topics over time", introduction()).markup(html());
        String notes = notes();
        if (!notes.isEmpty()) {
            page.note(notes);
        }
    }

    private String introduction() {
        return "The share of each topic among all posts of a period, duplicates included. Each bar is "
                + bins.periodName() + " (UTC); the height of each chart is " + Figures.percent(top) + ".";
    }

    private String notes() {
        long few = IntStream.range(0, bins.size())
                .filter(bin -> bins.posts(bin) > 0 && bins.hasFew(bin))
                .count();
        String notes = few == 0
                ? ""
                : "Pale bars: periods with fewer than " + TimeBins.FEW + " posts (" + NumberFormats.count(few) + " of "
                        + NumberFormats.count(bins.size())
                        + "), whose shares are mostly noise. These bars may be cut off at the top. ";
        return bins.outside() == 0
                ? notes
                : notes + Figures.posts(bins.outside()) + " not shown: their times are far from those of all others.";
    }

    private String html() {
        StringBuilder html = new StringBuilder("<section class=\"minis\">\n");
        html.append("<div class=\"mini\">").append(title("", "All posts"));
        double most =
                IntStream.range(0, bins.size()).mapToLong(bins::posts).max().orElse(1);
        html.append(columns("Posts over time", most, bins::posts, "neutral"));
        html.append(captions("at most " + NumberFormats.count((long) most))).append("</div>\n");
        for (FoundTopic topic : found.topics()) {
            int column = topic.topic();
            if (column >= 0 && column < bins.counts().get(0).length - 1) {
                html.append("<a class=\"mini\" href=\"#")
                        .append(TopicCards.id(topic))
                        .append("\">")
                        .append(share(String.valueOf(column), topic.name(), column))
                        .append("</a>\n");
            }
        }
        int none = bins.counts().get(0).length - 1;
        if (bins.counts().stream().anyMatch(counts -> counts[none] > 0)) {
            html.append("<div class=\"mini\">")
                    .append(share("", "No topic", none))
                    .append("</div>\n");
        }
        return html.append("</section>").toString();
    }

    private String share(String number, String name, int column) {
        int highest = Arrays.stream(compared)
                .reduce((one, other) -> bins.share(other, column) > bins.share(one, column) ? other : one)
                .orElse(0);
        long posts = bins.counts().stream().mapToLong(counts -> counts[column]).sum();
        long all = IntStream.range(0, bins.size()).mapToLong(bins::posts).sum();
        String caption =
                Figures.share(posts, all) + " overall; highest: " + Figures.percent(bins.share(highest, column))
                        + ", "
                        + unbroken(bins.label(highest));
        return title(number, name)
                + columns(name + " over time", top, bin -> bins.share(bin, column), "first")
                + captions(caption);
    }

    /** Returns a time that does not wrap. */
    private static String unbroken(String time) {
        return time.replace('-', '\u2011').replace(' ', '\u00a0');
    }

    private static String title(String number, String name) {
        return "<span class=\"title\">" + (number.isEmpty() ? "" : "<b>" + number + "</b> ") + "<bdi>"
                + Html.escape(SafeText.name(name)) + "</bdi></span>";
    }

    private String captions(String caption) {
        return "<span class=\"ends\"><span>" + bins.label(0) + "</span><span>" + bins.label(bins.size() - 1)
                + "</span></span><small>" + Html.escape(caption) + "</small>";
    }

    /** Draws one path per colour, because thousands of rectangles would make the page too large. */
    private String columns(String description, double highest, IntToDoubleFunction values, String cssClass) {
        StringBuilder enough = new StringBuilder();
        StringBuilder few = new StringBuilder();
        for (int bin = 0; bin < bins.size(); bin++) {
            double value = values.applyAsDouble(bin);
            if (value > 0) {
                long height = Math.max(1, Math.min(200, Math.round(200 * value / highest)));
                (bins.hasFew(bin) ? few : enough).append("M" + bin + " 200v-" + height + "h.9v" + height + "z");
            }
        }
        return "<svg class=\"columns\" viewBox=\"0 0 " + bins.size()
                + " 200\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\""
                + Html.escape(SafeText.name(description)) + "\"><path class=\"" + cssClass + "\" d=\"" + enough
                + "\"/><path class=\"" + cssClass + " few\" d=\"" + few + "\"/></svg>";
    }
}
