package org.emrelay.runner.platform.aws.resource;

import java.util.List;

/**
 * The result of a deletion.
 *
 * @param kept the resources kept, each with the reason
 * @param failures error messages; the resources they name may still exist
 */
public record DeletionOutcome(List<String> removed, List<String> kept, List<String> failures) {
    public DeletionOutcome {
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
        failures = List.copyOf(failures);
    }

    public boolean isComplete() {
        return failures.isEmpty();
    }
}
