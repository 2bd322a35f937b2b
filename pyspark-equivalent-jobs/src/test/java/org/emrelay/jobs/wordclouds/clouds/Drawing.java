package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;

/** A directory with counts, in which the job is run and leaves its files: what its tests have in common. */
record Drawing(Path directory) {

    static Row counted(int year, String word, long count) {
        return RowFactory.create(year, word, count);
    }

    /** A table of the least columns. */
    Drawing counts(Row... rows) {
        return counts("year int, word string, count bigint", rows);
    }

    Drawing counts(String schema, Row... rows) {
        LocalSpark.session()
                .createDataFrame(Arrays.asList(rows), StructType.fromDDL(schema))
                .write()
                .parquet(uri("counts"));
        return this;
    }

    /** A dark disc on white, with a wide border. */
    Drawing disc(String name, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillOval(width / 8, height / 8, width * 3 / 4, height * 3 / 4);
        graphics.dispose();
        return image(name, image);
    }

    Drawing image(String name, BufferedImage image) {
        try {
            ImageIO.write(image, "png", directory.resolve(name).toFile());
            return this;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Runs the job and answers what it printed. */
    String draw(String... flags) {
        return drawTo("out", flags);
    }

    String drawTo(String output, String... flags) {
        List<String> all = new ArrayList<>(List.of("--counts", uri("counts"), "--output", uri(output)));
        all.addAll(List.of(flags));
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            DrawClouds.main(all.toArray(new String[0]));
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    BufferedImage picture(String name) {
        try {
            return ImageIO.read(directory.resolve("out").resolve(name).toFile());
        } catch (IOException missing) {
            throw new AssertionError(name, missing);
        }
    }

    String page() {
        try {
            return Files.readString(directory.resolve("out/index.html"));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    String uri(String name) {
        return "file:" + directory.resolve(name);
    }

    /** How many pixels are as dark as only words are. */
    static long ink(BufferedImage picture) {
        return Arrays.stream(picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
                .filter(Drawing::isInk)
                .count();
    }

    static boolean isInk(int rgb) {
        return Rgb.of(rgb).luminance() < 0.7;
    }
}
