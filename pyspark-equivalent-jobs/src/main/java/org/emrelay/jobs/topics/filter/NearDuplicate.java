package org.emrelay.jobs.topics.filter;

import java.util.Objects;

/** A post that is similar to an earlier, kept post. */
record NearDuplicate(String id, String original, double similarity) {
    NearDuplicate {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(original, "original");
    }
}
