package org.emrelay.jobs.wordclouds.clouds;

import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.emrelay.jobs.JobSession;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/** Draws a word cloud per year, their animation and an HTML page. */
public final class DrawClouds implements Job {
    private final SparkSession session;
    private final CloudArguments arguments;

    private DrawClouds(SparkSession session, CloudArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(DrawClouds::create, arguments);
    }

    private static DrawClouds create(String[] arguments) {
        CloudArguments parsed = CloudArguments.parse(arguments);
        Headless.require();
        return new DrawClouds(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        InputTable table = InputTable.readParquet(session, "--counts", arguments.counts());
        Typefaces.requireUsable();
        Mask mask = mask();
        List<YearWords> years = new WordCounts(table, "--counts").years(arguments.stopWords(), arguments.maxWords());
        List<RenderedYear> attempted = draw(years, mask);
        List<RenderedYear> drawn =
                attempted.stream().filter(RenderedYear::isDrawn).toList();
        DrawSummary report = new DrawSummary(attempted, drawn);
        report.printSkipped();
        if (drawn.isEmpty()) {
            throw new UserFault("--counts: " + arguments.counts() + " has no word left to draw in any year; change"
                    + " --stop-words or use a --mask with a larger dark area.");
        }
        writeAnimationAndPage(drawn, mask, output);
        report.printDrawn(output.path().toString());
    }

    @Override
    public void check() {
        mask();
        Job.ifExists(
                session,
                arguments.counts(),
                counts -> new WordCounts(InputTable.readParquet(session, "--counts", counts), "--counts"));
    }

    private Mask mask() {
        return arguments
                .mask()
                .map(uri -> new MaskFile("--mask", uri, session.sparkContext().hadoopConfiguration())
                        .read(arguments.width(), arguments.height()))
                .orElseGet(() -> Mask.rectangle(
                        arguments.width().orElse(arguments.height().orElse(800) * 3 / 2),
                        arguments.height().orElse(arguments.width().orElse(1200) * 2 / 3)));
    }

    private List<RenderedYear> draw(List<YearWords> years, Mask mask) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> configuration =
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
        YearRenderer renderer = new YearRenderer(
                context.broadcast(mask), configuration, arguments.output(), arguments.palette(), arguments.maxWords());
        return context.parallelize(years, years.size()).map(renderer).collect();
    }

    private void writeAnimationAndPage(List<RenderedYear> years, Mask mask, OutputDirectory output) {
        ImageStore images = new ImageStore(output);
        ImageSize size = new ImageSize(mask.width(), mask.height());
        PageData data = new PageData(years, size, arguments.palette(), arguments.frameDelay());
        CloudPage page = new CloudPage(data, arguments.heading(), CloudPage.MAX_EMBEDDED_BYTES);
        output.deleteTemporaryFiles();
        output.write("evolution.gif", stream -> writeAnimation(years, images, size, stream));
        output.write("index.html", stream -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            page.writeTo(writer, images);
            writer.flush();
        });
    }

    private void writeAnimation(List<RenderedYear> years, ImageStore images, ImageSize size, OutputStream stream)
            throws IOException {
        IndexedPalette palette = new IndexedPalette(arguments.palette());
        FrameRenderer frameRenderer = new FrameRenderer(size, palette);
        try (AnimatedGif animation = new AnimatedGif(stream, palette.model(), arguments.frameDelay())) {
            for (int index = 0; index < years.size(); index++) {
                RenderedYear year = years.get(index);
                BufferedImage image = ImageIO.read(new ByteArrayInputStream(images.read(year)));
                animation.add(frameRenderer.render(image, year.label(), index / Math.max(1.0, years.size() - 1.0)));
            }
        }
    }
}
