package org.emrelay.jobs.topics.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/**
 * The output of the step that finds topics; missing numbers are NaN.
 *
 * @param posts the number of kept posts
 * @param none the number of kept posts without a topic
 * @param uncertain the number of kept posts whose dominant topic has a probability below 0.5
 * @param vocabulary the number of terms in the vocabulary
 * @param knownWords the share of words that are in the vocabulary
 * @param fitPosts the number of posts that the model was fitted on
 * @param heldOutPosts the number of posts on which coherence was measured; 0 if it was measured on all posts
 * @param quality the quality of the models with the same number of topics
 * @param selection how the number of topics was chosen; null if it was given
 * @param mapShown the share of the variance that the map explains
 * @param topics the topics, largest first
 */
record FoundTopics(
        long posts,
        long duplicates,
        long none,
        long uncertain,
        long vocabulary,
        double knownWords,
        long fitPosts,
        long heldOutPosts,
        Map<String, JsonNode> settings,
        Candidate quality,
        @Nullable Selection selection,
        double mapShown,
        double lambda,
        List<FoundTopic> topics) {
    static final String FILE = "topics.json";
    static final String CLEAR = "clear";
    static final String RANDOM = "random";

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerModule(new SimpleModule().addDeserializer(double.class, new NumberOrNan()));

    /**
     * The quality of models with the same number of topics.
     *
     * @param npmiError the standard error of the mean over the seeds
     * @param stability the mean overlap of the terms between seeds
     */
    record Candidate(int k, double npmi, double npmiError, List<Double> npmiBySeed, double stability) {
        Candidate {
            npmiBySeed = known(npmiBySeed);
        }

        /** Whether there are several models to compare. */
        boolean hasSeeds() {
            return npmiBySeed.size() > 1;
        }
    }

    /** @param chosen the number of topics of the chosen candidate */
    record Selection(int chosen, List<Candidate> candidates) {
        Selection {
            candidates = known(candidates);
        }
    }

    /**
     * A topic.
     *
     * @param topic its number in all tables
     * @param share its mean probability over the posts
     * @param posts the number of posts of which it is the most probable topic
     * @param terms its terms, most probable first
     */
    record FoundTopic(
            int topic,
            String name,
            double share,
            long posts,
            double npmi,
            double x,
            double y,
            List<FoundTerm> terms,
            List<Example> examples) {
        FoundTopic {
            Objects.requireNonNull(name, "name");
            terms = known(terms).stream().filter(FoundTerm::isUsable).toList();
            examples = known(examples);
        }

        List<Example> examples(String kind) {
            return examples.stream()
                    .filter(example -> example.kind().equals(kind))
                    .toList();
        }
    }

    /**
     * A term of a topic.
     *
     * @param lift the ratio of its probability in the topic to its probability in all posts
     */
    record FoundTerm(String term, double probability, double lift) {
        FoundTerm {
            Objects.requireNonNull(term, "term");
        }

        /** Returns the relevance, as defined by Sievert and Shirley (2014). */
        double relevance(double lambda) {
            return lambda * Math.log(probability) + (1 - lambda) * Math.log(lift);
        }

        /** Returns the probability in all posts. */
        double overall() {
            return probability / lift;
        }

        private boolean isUsable() {
            return probability > 0 && lift > 0 && Double.isFinite(probability) && Double.isFinite(lift);
        }
    }

    /** A post as evidence of its topic. */
    record Example(String kind, String id, String time, String text, double probability) {
        Example {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(text, "text");
            id = Objects.requireNonNullElse(id, "");
            time = Objects.requireNonNullElse(time, "");
        }
    }

    FoundTopics {
        settings = new LinkedHashMap<>(settings);
        Objects.requireNonNull(quality, "quality");
        topics = List.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("no topics");
        }
        lambda = lambda >= 0 && lambda <= 1 ? lambda : 0.6;
    }

    static FoundTopics parse(String flag, String uri, String text) {
        try {
            return MAPPER.readValue(text, FoundTopics.class);
        } catch (JsonProcessingException malformed) {
            throw new UserFault(flag + ": " + uri + " does not describe topics. Pass the output of the step 'topics'.");
        }
    }

    /** Returns the number of posts that have a topic. */
    long withTopic() {
        return Math.max(0, posts - none);
    }

    private static <T> List<T> known(@Nullable List<T> values) {
        return values == null
                ? List.of()
                : values.stream().filter(Objects::nonNull).toList();
    }
}
