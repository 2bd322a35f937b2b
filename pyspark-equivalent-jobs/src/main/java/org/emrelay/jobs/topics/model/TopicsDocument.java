package org.emrelay.jobs.topics.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.jobs.topics.lda.TopicCountSelection;
import org.emrelay.jobs.topics.lda.TopicCountSelection.Candidate;
import org.emrelay.jobs.topics.lda.TopicMap;
import org.jspecify.annotations.Nullable;

/**
 * The results as JSON, for the page and for other programs.
 *
 * @param uncertain the number of posts whose dominant topic has a probability below 0.5
 * @param examples the examples of each topic
 */
record TopicsDocument(
        TopicArguments arguments,
        EncodedPosts posts,
        TopicFit fit,
        SavedTopics saved,
        long duplicates,
        long uncertain,
        List<List<Map<String, Object>>> examples) {

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("posts", saved.reference().posts());
        values.put("duplicates", duplicates);
        values.put("none", saved.reference().none());
        values.put("vocabulary", saved.vocabulary().size());
        values.put("known_words", saved.reference().knownWords());
        values.put("uncertain", uncertain);
        values.put("fit_posts", posts.train().size());
        values.put("held_out_posts", posts.holdsOut() ? posts.reference().size() : 0);
        values.put("settings", settings());
        values.put("quality", quality(fit.quality()));
        values.put("selection", selection());
        TopicMap map = TopicMap.of(fit.model());
        values.put("map_shown", map.shown());
        values.put("lambda", TopicTerms.DEFAULT_LAMBDA);
        List<Map<String, Object>> topics = new ArrayList<>();
        TopicTerms terms = new TopicTerms(fit.model(), saved.vocabulary().terms(), fit.shares());
        for (int topic = 0; topic < fit.model().topics(); topic++) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("topic", topic);
            described.put("name", saved.names().get(topic));
            described.put("share", fit.shares()[topic]);
            described.put("posts", saved.reference().byTopic().get(topic));
            described.put("npmi", fit.coherence()[topic]);
            described.put("x", map.points()[topic][0]);
            described.put("y", map.points()[topic][1]);
            described.put(
                    "terms",
                    terms.of(topic).stream().map(TopicTerms.Term::values).toList());
            described.put("examples", examples.get(topic));
            topics.add(described);
        }
        values.put("topics", topics);
        return values;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("k", fit.model().topics());
        settings.put("method", arguments.method().key());
        settings.put("iterations", arguments.iterations());
        settings.put("alpha", fit.model().alpha());
        settings.put("seed", arguments.seed());
        settings.put("seeds", arguments.seeds());
        settings.put("idf", arguments.idf());
        settings.put("min_posts", arguments.minPosts());
        settings.put("max_share", arguments.maxShare());
        settings.put("min_words", arguments.minWords());
        settings.put("tokens", saved.tokens().values());
        return settings;
    }

    private @Nullable Map<String, Object> selection() {
        TopicCountSelection selection = fit.selection();
        return selection == null
                ? null
                : Map.of(
                        "chosen",
                        selection.chosen(),
                        "candidates",
                        selection.candidates().stream()
                                .map(TopicsDocument::quality)
                                .toList());
    }

    private static Map<String, Object> quality(Candidate candidate) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("k", candidate.topics());
        values.put("npmi", candidate.meanNpmi());
        values.put("npmi_error", candidate.npmiError());
        values.put("npmi_by_seed", candidate.npmi());
        values.put("stability", candidate.stability());
        return values;
    }
}
