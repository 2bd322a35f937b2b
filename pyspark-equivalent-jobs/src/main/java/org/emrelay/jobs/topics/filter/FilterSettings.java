package org.emrelay.jobs.topics.filter;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.jobs.topics.text.TokenSettings;

/**
 * The settings of the filter's rules.
 *
 * @param unwanted the terms whose posts are dropped
 * @param language the code of the language to keep, or {@code any}
 * @param keepsUnknown whether to keep posts whose language is neither declared nor detected
 * @param keepsReposts whether to keep reposts, without comparing them with other posts
 * @param similarity the minimum Jaccard similarity of near-duplicates; 1 drops only repeated texts
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
