package org.emrelay.jobs.wordclouds.clouds;

import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.emrelay.jobs.OutputDirectory;

/** Draws one year's cloud in a task and writes it there: a picture never travels to the driver. */
record YearPainter(
        Broadcast<Mask> mask,
        Broadcast<SerializableConfiguration> configuration,
        String output,
        Palette palette,
        int mostWords)
        implements Function<YearWords, DrawnYear> {
    private static final long serialVersionUID = 1L;

    YearPainter {
        Objects.requireNonNull(mask, "mask");
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(palette, "palette");
    }

    @Override
    public DrawnYear call(YearWords year) throws Exception {
        Headless.require();
        Lettering lettering = Lettering.of(year.words(), mostWords, palette, mask.value());
        if (lettering.words().isEmpty()) {
            return new DrawnYear(year, List.of(), lettering.undrawable());
        }
        YearCloud cloud = YearCloud.of(lettering, mask.value());
        Picture picture = Picture.of(cloud.getBufferedImage(), mask.value(), new IndexedPalette(palette));
        DrawnYear drawn = new DrawnYear(year, cloud.placements(), lettering.undrawable());
        if (drawn.isDrawn()) {
            write(drawn.fileName(), picture.png());
        }
        return drawn;
    }

    private void write(String name, byte[] content) throws Exception {
        Path path = new Path(output);
        OutputDirectory directory =
                new OutputDirectory(path.getFileSystem(configuration.value().value()), path);
        directory.writeWhole(name, content, Long.toString(TaskContext.get().taskAttemptId()));
    }
}
