package org.emrelay.runner.export;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A form in which pipelines are exported. */
public interface ExportFormat {

    /** Why the format cannot express the pipeline, each a sentence; empty if it can. */
    List<String> obstacles(ExportedPipeline pipeline, @Nullable CronSchedule schedule);

    /** What differs from a run by Emrelay, each a sentence. */
    List<String> differences(ExportedPipeline pipeline);

    /**
     * The files, by their paths in the export's directory. A file that ends with {@code .sh} is executable.
     *
     * @param schedule null for runs on demand only
     */
    Map<String, String> files(ExportedPipeline pipeline, @Nullable CronSchedule schedule);

    /** How to deploy the export, run the pipeline and remove everything, in Markdown. */
    String instructions(ExportedPipeline pipeline);
}
