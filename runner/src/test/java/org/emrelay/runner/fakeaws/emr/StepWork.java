package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a step really does: it may read the command's files and write its output. Calls of AWS wait until it is done, so it must not make any. */
public interface StepWork {
    /** It only takes its time. */
    StepWork NONE = (step, words, asScripted) -> asScripted;

    /**
     * How it ended.
     *
     * @param failure null when it ended well
     * @param logs by their names, without the ending
     */
    record Done(@Nullable String failure, Map<String, String> logs) {
        public Done {
            logs = Map.copyOf(logs);
        }
    }

    /**
     * Does it.
     *
     * @param step its id
     * @param words the command
     */
    Done run(String step, List<String> words, Done asScripted);
}
