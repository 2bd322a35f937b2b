package org.emrelay.runner.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.OutputContents;

/**
 * Says which run wrote the data at an output URI, in any workspace. A run replaces only data that its marker matches.
 *
 * @param digest of the contents; it differs once they are changed
 */
record OutputMarker(RunId run, StepName step, String digest) {
    OutputMarker {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(digest, "digest");
    }

    /** The marker of the contents; empty if they have none or were changed since it was written. */
    static Optional<OutputMarker> matching(OutputContents contents) {
        if (contents.marker().isEmpty()) {
            return Optional.empty();
        }
        try {
            OutputMarker marker = JsonFields.read(
                    contents.marker(),
                    fields -> new OutputMarker(
                            new RunId(fields.text("run_id")),
                            new StepName(fields.text("step")),
                            fields.text("digest")));
            return Optional.of(marker).filter(found -> found.digest().equals(contents.digest()));
        } catch (MalformedJsonException | IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    String text() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run_id", run.value());
        json.put("step", step.value());
        json.put("digest", digest);
        return JsonWriter.pretty(json);
    }
}
