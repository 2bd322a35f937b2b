package org.emrelay.jobs.topics.page;

import java.util.Objects;
import org.emrelay.jobs.topics.page.DroppedRules.Example;
import org.emrelay.jobs.topics.page.DroppedRules.Rule;
import org.emrelay.pages.Html;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.ReportPage;

/** The section about dropped posts, by rule, with examples. */
record DroppedSection(FoundTopics found, DroppedRules dropped) {
    private static final int MAX_TEXT = 200;
    private static final int MAX_LABEL = 120;

    DroppedSection {
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(dropped, "dropped");
    }

    void addTo(ReportPage page) {
        if (dropped.rules().isEmpty()) {
            page.heading(
                    "What was dropped", "Unknown: the reports of the earlier steps were not given. " + remaining());
            return;
        }
        page.heading(
                "What was dropped",
                String.join(" ", dropped.summary()) + " A post counts for the first rule that drops it. "
                        + remaining());
        StringBuilder html =
                new StringBuilder("<section class=\"table texts\"><table class=\"dropped\"><thead><tr><th>Rule</th>"
                        + "<th>Posts</th><th>Examples</th></tr></thead><tbody>\n");
        dropped.rules().forEach(rule -> html.append(row(rule)));
        page.markup(html.append("</tbody></table></section>").toString());
    }

    private String remaining() {
        return found.duplicates() == 0
                ? "Topics were found in the kept posts."
                : "Topics were found in the kept posts; " + NumberFormats.count(found.duplicates())
                        + " duplicates have the topic of the post that they repeat.";
    }

    private static String row(Rule rule) {
        StringBuilder row = new StringBuilder("<tr><td>" + Html.escape(SafeText.clipped(rule.label(), MAX_LABEL)));
        if (!rule.details().isEmpty()) {
            row.append("<small>").append(Html.escape(rule.details())).append("</small>");
        }
        row.append("</td><td>").append(NumberFormats.count(rule.posts())).append("</td><td>");
        if (!rule.examples().isEmpty()) {
            row.append("<details><summary>")
                    .append(rule.examples().size())
                    .append(rule.examples().size() == 1 ? " example" : " examples")
                    .append("</summary><ul>");
            rule.examples().forEach(example -> row.append(item(example)));
            row.append("</ul></details>");
        }
        return row.append("</td></tr>\n").toString();
    }

    private static String item(Example example) {
        String reason =
                example.reason().isEmpty() ? "" : "<small>" + SafeText.html(example.reason(), MAX_TEXT) + "</small>";
        return "<li><p dir=\"auto\">" + Html.escape(SafeText.clipped(example.text(), MAX_TEXT)) + "</p>" + reason
                + "</li>";
    }
}
