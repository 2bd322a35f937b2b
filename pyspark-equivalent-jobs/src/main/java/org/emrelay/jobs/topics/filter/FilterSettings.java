package org.emrelay.jobs.topics.filter;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.topics.text.TokenSettings;

/**
 * What the rules of the filter depend on.
 *
 * @param unwanted the terms whose posts are dropped
 * @param language the code of the language that is kept, or {@code any}
 * @param keepsUnknown whether posts are kept whose language is neither declared nor detected
 * @param keepsReposts whether reposts are kept, and not compared with other posts
 * @param similarity the Jaccard similarity from which a post is a near-duplicate; at 1 only repeated texts are dropped
 * @param seed the seed of the MinHash functions
 */
record FilterSettings(
        List<String> unwanted,
        String language,
        boolean keepsUnknown,
        boolean keepsReposts,
        double similarity,
        long seed)
        implements Serializable {

    FilterSettings {
        unwanted = List.copyOf(unwanted);
        Objects.requireNonNull(language, "language");
        if (!(similarity > 0 && similarity <= 1)) {
            throw new IllegalArgumentException("similarity must be above 0 and at most 1, not " + similarity);
        }
    }

    boolean isAnyLanguage() {
        return language.equals(TokenSettings.ANY);
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("unwanted", unwanted);
        values.put("language", language);
        values.put("unknown_language", keepsUnknown ? "keep" : "drop");
        values.put("keep_reposts", keepsReposts);
        values.put("similarity", similarity);
        values.put("shingle_words", Shingles.WORDS);
        values.put("seed", seed);
        return values;
    }
}
