package org.emrelay.jobs.wordclouds.clouds;

import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.emrelay.tables.OutputDirectory;

/** Draws and writes the cloud of one year in a task, so images never go through the driver. */
record YearRenderer(
        Broadcast<Mask> mask,
        Broadcast<SerializableConfiguration> configuration,
        String output,
        Palette palette,
        int maxWords)
        implements Function<YearWords, RenderedYear> {
    private static final long serialVersionUID = 1L;

    YearRenderer {
        Objects.requireNonNull(mask, "mask");
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(palette, "palette");
    }

    @Override
    public RenderedYear call(YearWords year) throws Exception {
        Headless.require();
        WordSizing sizing = WordSizing.of(year.words(), maxWords, palette, mask.value());
        if (sizing.words().isEmpty()) {
            return new RenderedYear(year, List.of(), sizing.undrawable());
        }
        YearCloud cloud = YearCloud.of(sizing, mask.value());
        CloudImage image = CloudImage.of(cloud.getBufferedImage(), mask.value(), new IndexedPalette(palette));
        RenderedYear rendered = new RenderedYear(year, cloud.placements(), sizing.undrawable());
        if (rendered.isDrawn()) {
            write(rendered.fileName(), image.png());
        }
        return rendered;
    }

    private void write(String name, byte[] content) throws Exception {
        Path path = new Path(output);
        OutputDirectory directory =
                new OutputDirectory(path.getFileSystem(configuration.value().value()), path);
        directory.writeAtomically(name, content, Long.toString(TaskContext.get().taskAttemptId()));
    }
}
