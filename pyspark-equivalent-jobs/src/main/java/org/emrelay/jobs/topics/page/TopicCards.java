package org.emrelay.jobs.topics.page;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emrelay.jobs.topics.page.FoundTopics.Example;
import org.emrelay.jobs.topics.page.FoundTopics.FoundTerm;
import org.emrelay.jobs.topics.page.FoundTopics.FoundTopic;
import org.emrelay.pages.Html;
import org.emrelay.pages.HtmlSafeJson;
import org.emrelay.pages.NumberFormats;

/** The card of each topic: its terms as bars, and posts as evidence. The script redraws the bars when λ changes. */
record TopicCards(FoundTopics found, PageDetail detail) {
    TopicCards {
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(detail, "detail");
    }

    static String id(FoundTopic topic) {
        return "topic-" + topic.topic();
    }

    String html() {
        StringBuilder html = new StringBuilder();
        found.topics().forEach(topic -> html.append(card(topic)));
        return html.toString();
    }

    private String card(FoundTopic topic) {
        return "<article class=\"topic\" id=\"" + id(topic) + "\">\n<h3><span class=\"number\">" + topic.topic()
                + "</span> <bdi>" + Html.escape(SafeText.name(topic.name())) + "</bdi></h3>\n<p class=\"facts\">"
                + facts(topic) + "</p>\n" + bars(topic) + evidence(topic) + "</article>\n";
    }

    private static String facts(FoundTopic topic) {
        return "Share " + Figures.percent(topic.share()) + " · main topic of " + Figures.posts(topic.posts())
                + " · NPMI " + NumberFormats.decimal(topic.npmi(), 3);
    }

    private String bars(FoundTopic topic) {
        StringBuilder html = new StringBuilder("<ol class=\"terms\">\n");
        double longest = longest(topic.terms());
        topic.terms().stream()
                .sorted(Comparator.comparingDouble((FoundTerm term) -> -term.relevance(found.lambda()))
                        .thenComparing(FoundTerm::term))
                .limit(detail.bars())
                .forEach(term -> html.append(String.format(
                        Locale.ROOT,
                        "<li><bdi>%s</bdi><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                                + "<rect class=\"all\" width=\"%.1f\" height=\"10\"/>"
                                + "<rect class=\"first\" y=\"2\" width=\"%.1f\" height=\"6\"/></svg>"
                                + "<span>%s</span><span>%s</span></li>%n",
                        Html.escape(SafeText.term(term.term())),
                        100 * term.overall() / longest,
                        100 * term.probability() / longest,
                        Figures.percent(term.probability()),
                        Figures.lift(term.lift()))));
        return html.append("</ol>\n").toString();
    }

    /** Returns the largest probability of any term. The scale of the bars is independent of λ, so that they remain comparable. */
    private static double longest(List<FoundTerm> terms) {
        return terms.stream()
                .mapToDouble(term -> Math.max(term.probability(), term.overall()))
                .max()
                .orElse(1);
    }

    private String evidence(FoundTopic topic) {
        List<Example> clear = topic.examples(FoundTopics.CLEAR);
        List<Example> random = topic.examples(FoundTopics.RANDOM);
        if (clear.isEmpty() && random.isEmpty()) {
            return "<p class=\"facts\">This is not the main topic of any post.</p>\n";
        }
        return "<div class=\"evidence\">" + posts("Clear posts", "those with the highest probability", clear)
                + posts("Random posts", "drawn at random from all posts with this main topic", random) + "</div>\n";
    }

    private String posts(String heading, String explanation, List<Example> examples) {
        if (examples.isEmpty()) {
            return "";
        }
        StringBuilder html =
                new StringBuilder("<div><h4>" + heading + " <small>" + explanation + "</small></h4>\n<ul>\n");
        examples.stream()
                .limit(detail.examples())
                .forEach(example -> html.append("<li><p dir=\"auto\">")
                        .append(Html.escape(SafeText.clipped(example.text(), detail.textLength())))
                        .append("</p><small>")
                        .append(Figures.percent(example.probability()))
                        .append(" · ")
                        .append(SafeText.html(minute(example.time()), 80))
                        .append(" · ")
                        .append(SafeText.html(example.id(), 80))
                        .append("</small></li>\n"));
        return html.append("</ul></div>\n").toString();
    }

    /** Removes the seconds from a time such as {@code 2026-11-20T13:05:09Z}. */
    private static String minute(String time) {
        return time.replaceFirst("^([-0-9]{10})T([0-9:]{5}).*", "$1 $2");
    }

    /** Returns the terms for the script. */
    String json() {
        StringBuilder json =
                new StringBuilder("{\"lambda\":" + found.lambda() + ",\"bars\":" + detail.bars() + ",\"topics\":[");
        for (int index = 0; index < found.topics().size(); index++) {
            FoundTopic topic = found.topics().get(index);
            json.append(index == 0 ? "\n{" : ",\n{")
                    .append("\"id\":\"")
                    .append(id(topic))
                    .append("\",\"longest\":")
                    .append(Figures.exact(longest(topic.terms())))
                    .append(",\"terms\":[");
            List<FoundTerm> terms = topic.terms().stream().limit(detail.terms()).toList();
            for (int term = 0; term < terms.size(); term++) {
                json.append(term == 0 ? "[" : ",[")
                        .append(HtmlSafeJson.quoted(
                                SafeText.term(terms.get(term).term())))
                        .append(',')
                        .append(Figures.exact(terms.get(term).probability()))
                        .append(',')
                        .append(Figures.exact(terms.get(term).lift()))
                        .append(']');
            }
            json.append("]}");
        }
        return json.append("]}").toString();
    }
}
