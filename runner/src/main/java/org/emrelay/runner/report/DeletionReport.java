package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deletion of a cluster and its resources.
 *
 * @param subject the JSON keys that identify what was deleted
 * @param removed one phrase per resource
 * @param kept one phrase per resource that stays
 * @param failures one sentence per resource that could not be deleted; null where nothing can fail
 * @param nothing the sentence for people when nothing was left to delete
 */
public record DeletionReport(
        Map<String, String> subject,
        List<String> removed,
        List<String> kept,
        @Nullable List<String> failures,
        String nothing)
        implements Report {
    public DeletionReport {
        subject = Map.copyOf(subject);
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
        failures = failures == null ? null : List.copyOf(failures);
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>(subject);
        document.put("removed", removed);
        document.put("kept", kept);
        if (failures != null) {
            document.put("failed", failures);
        }
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        if (removed.isEmpty()) {
            out.println(nothing);
        }
        removed.forEach(resource -> out.println("removed " + resource));
        kept.forEach(resource -> out.println("kept    " + resource));
    }
}
