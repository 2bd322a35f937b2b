package org.emrelay.jobs.topics.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.pages.Html;
import org.emrelay.pages.NumberFormats;

/** What the page cannot tell. */
record Limitations(FoundTopics found) {
    /** Below this number, the figures of held-out posts are rough. */
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
                "Topics are patterns of words that occur together, not opinions and not events: praise and complaint about one"
                        + " product are one topic.");
        list.add(
                "Names are the most relevant terms, or given in a file. They summarize words, not posts: read the posts"
                        + " before you use a name, the random ones above all. Clear posts are the best that a topic has, not typical ones.");
        list.add(shortPosts());
        list.add(withoutTopic());
        list.add(language());
        list.add(heldOut());
        list.add(stability());
        list.add(
                "The map shows " + Figures.percent(found.mapShown())
                        + " of the variance of the distances between topics: the lower this is, the less close bubbles on it mean.");
        list.add(
                "Over time, duplicates count like other posts: a topic may rise because one post was repeated often. The posts are"
                        + " those of the given files, which need not represent all posts of a platform, nor its users.");
        return list;
    }

    private String shortPosts() {
        long random = found.randomExamples().count();
        long uncertain = found.randomExamples()
                .filter(example -> example.probability() < 0.5)
                .count();
        return "Short posts are uncertain: with a few words, a post may belong to several topics, and the tables hold the probability"
                + " of each. "
                + (random == 0
                        ? "A main topic with a probability below 50 % is little more than a guess."
                        : "Of the " + NumberFormats.count(random) + " random posts that were drawn for this page, "
                                + NumberFormats.count(uncertain) + (uncertain == 1 ? " has" : " have")
                                + " a main topic with a probability below 50 %.");
    }

    private String withoutTopic() {
        return (found.none() == 0
                        ? "Every kept post has a word of the vocabulary"
                        : Figures.posts(found.none()) + " (" + Figures.share(found.none(), found.posts())
                                + " of the kept ones) have no word of the vocabulary, and so no topic")
                + "; " + Figures.percent(found.knownWords())
                + " of all words are in the vocabulary, the others are ignored.";
    }

    private String language() {
        String language = setting("tokens").path("language").asText("");
        return (language.isEmpty() || language.equals("any")
                        ? "Stop words are those of the language of each post, which is a guess for short posts"
                        : "Stop words are those of the language “" + language + "”")
                + ". Posts in languages without stop words form topics of their function words, which say only that the language"
                + " is the same.";
    }

    private String heldOut() {
        if (found.heldOutPosts() == 0) {
            return "No posts were held out: NPMI shows how well the topics describe the posts in which they were found, and is"
                    + " too high for others.";
        }
        return "NPMI comes from " + Figures.posts(found.heldOutPosts()) + " that were held out"
                + (found.heldOutPosts() < FEW_HELD_OUT
                        ? ", which are few: the NPMI of a single topic may change much with other posts."
                        : ". The error bars show the differences between seeds, not between samples of posts.");
    }

    private String stability() {
        return found.quality().hasSeeds()
                ? "Another seed gives other topics: the stability of "
                        + NumberFormats.decimal(found.quality().stability(), 2)
                        + " shows how different they are. Another number of topics gives others again; none is the true one."
                : "Only one seed was tried: how different the topics of another one are is unknown.";
    }

    private JsonNode setting(String name) {
        return Objects.requireNonNullElse(found.settings().get(name), MissingNode.getInstance());
    }
}
