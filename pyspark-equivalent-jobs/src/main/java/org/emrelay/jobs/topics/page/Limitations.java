package org.emrelay.jobs.topics.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.pages.Html;
import org.emrelay.pages.NumberFormats;

/** The section about the limitations of the results. */
record Limitations(FoundTopics found) {
    /** With fewer held-out posts, their figures are imprecise. */
    private static final long FEW_HELD_OUT = 500;

    Limitations {
        Objects.requireNonNull(found, "found");
    }

    String html() {
        return list().stream()
                .map(item -> "<li>" + Html.escape(item) + "</li>\n")
                .collect(Collectors.joining("", "<ul class=\"limits\">\n", "</ul>"));
    }

    List<String> list() {
        List<String> list = new ArrayList<>();
        list.add(
                "Topics are patterns of words that occur together, not opinions or events: praise and complaints about the same"
                        + " product are one topic.");
        list.add(
                "Names consist of the most relevant terms, or come from a file. They summarize words, not posts: before you use a"
                        + " name, read the posts, especially the random ones. Clear posts are the best examples of a topic, not typical ones.");
        list.add(shortPosts());
        list.add(withoutTopic());
        list.add(language());
        list.add(heldOut());
        list.add(stability());
        list.add(
                "The map shows " + Figures.percent(found.mapShown())
                        + " of the variance of the distances between topics. The lower this is, the less it means that two bubbles are close.");
        list.add(
                "Over time, duplicates count like other posts, so a topic can rise because a single post was repeated often. The given"
                        + " files may not be representative of all posts of a platform, or of its users.");
        return list;
    }

    private String shortPosts() {
        return "The topics of short posts are uncertain: a few words may fit several topics. "
                + Figures.posts(found.uncertain()) + " (" + Figures.share(found.uncertain(), found.posts())
                + " of the kept posts) " + (found.uncertain() == 1 ? "has" : "have")
                + " a main topic with a probability below 50 %, which is little more than a guess. The tables contain the"
                + " probability of each.";
    }

    private String withoutTopic() {
        return (found.none() == 0
                        ? "Every kept post contains a word of the vocabulary"
                        : Figures.posts(found.none()) + " (" + Figures.share(found.none(), found.posts())
                                + " of the kept posts) without a word of the vocabulary have no topic")
                + "; " + Figures.percent(found.knownWords())
                + " of all words are in the vocabulary, and the others are ignored.";
    }

    private String language() {
        String language = setting("tokens").path("language").asText("");
        return (language.isEmpty() || language.equals("any")
                        ? "The stop words depend on the language of each post, which is a guess for short posts"
                        : "The stop words are those of the language “" + language + "”")
                + ". Posts in languages without a list of stop words form topics of function words, which show only that the posts"
                + " have the same language.";
    }

    private String heldOut() {
        if (found.heldOutPosts() == 0) {
            return "No posts were held out: NPMI shows how well the topics describe the posts in which they were found, and would be"
                    + " lower on other posts.";
        }
        return "NPMI was measured on " + Figures.posts(found.heldOutPosts()) + " that were held out"
                + (found.heldOutPosts() < FEW_HELD_OUT
                        ? ", which are few: on other posts, the NPMI of a single topic may be very different."
                        : ". The error bars show the variation between seeds, not between samples of posts.");
    }

    private String stability() {
        return found.quality().hasSeeds()
                ? "Another seed gives different topics: the stability of "
                        + NumberFormats.decimal(found.quality().stability(), 2)
                        + " shows how similar they are. So does another number of topics, and no number is the true one."
                : "Only one seed was tried, so it is unknown how much the topics depend on the seed.";
    }

    private JsonNode setting(String name) {
        return Objects.requireNonNullElse(found.settings().get(name), MissingNode.getInstance());
    }
}
