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
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.UserFault;

/** Draws a word cloud of each year, an animation of them all, and a page on which to look at them. */
public final class DrawClouds {
    private final SparkSession session;
    private final CloudArguments arguments;

    private DrawClouds(SparkSession session, CloudArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        create(arguments).run();
    }

    private static DrawClouds create(String[] arguments) {
        CloudArguments parsed = CloudArguments.parse(arguments);
        Headless.require();
        return new DrawClouds(SparkSession.builder().getOrCreate(), parsed);
    }

    private void run() {
        OutputDirectory output = OutputDirectory.empty(session, "--output", arguments.output());
        InputTable table = InputTable.readParquet(session, "--counts", arguments.counts());
        Typefaces.requireUsable();
        Mask mask = mask();
        List<YearWords> years = new WordCounts(table, "--counts").years(arguments.stopWords(), arguments.maxWords());
        List<DrawnYear> tried = draw(years, mask);
        List<DrawnYear> drawn = tried.stream().filter(DrawnYear::isDrawn).toList();
        Report report = new Report(tried, drawn);
        report.printLeftOut();
        if (drawn.isEmpty()) {
            throw new UserFault("--counts: " + arguments.counts() + " leaves no word to draw in any year; give other"
                    + " --stop-words, or a --mask with more room.");
        }
        publish(drawn, mask, output);
        report.printDone(output.path().toString());
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

    private List<DrawnYear> draw(List<YearWords> years, Mask mask) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> configuration =
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
        YearPainter painter = new YearPainter(
                context.broadcast(mask), configuration, arguments.output(), arguments.palette(), arguments.maxWords());
        return context.parallelize(years, years.size()).map(painter).collect();
    }

    private void publish(List<DrawnYear> years, Mask mask, OutputDirectory output) {
        Pictures pictures = new Pictures(output);
        PictureSize size = new PictureSize(mask.width(), mask.height());
        PageData data = new PageData(years, size, arguments.palette(), arguments.frame());
        CloudPage page = new CloudPage(data, arguments.heading(), CloudPage.MOST_EMBEDDED);
        output.removeUnfinished();
        output.write("evolution.gif", stream -> writeEvolution(years, pictures, size, stream));
        output.write("index.html", stream -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            page.writeTo(writer, pictures);
            writer.flush();
        });
    }

    private void writeEvolution(List<DrawnYear> years, Pictures pictures, PictureSize size, OutputStream stream)
            throws IOException {
        IndexedPalette inks = new IndexedPalette(arguments.palette());
        Frame frame = new Frame(size, inks);
        try (EvolutionGif gif = new EvolutionGif(stream, inks.model(), arguments.frame())) {
            for (int number = 0; number < years.size(); number++) {
                DrawnYear year = years.get(number);
                BufferedImage picture = ImageIO.read(new ByteArrayInputStream(pictures.read(year)));
                gif.add(frame.of(picture, year.label(), number / Math.max(1.0, years.size() - 1.0)));
            }
        }
    }
}
