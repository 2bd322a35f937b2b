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

/** A test directory in which the job draws a counts table. */
record DrawingFixture(Path directory) {

    static Row counted(int year, String word, long count) {
        return RowFactory.create(year, word, count);
    }

    /** Writes a counts table with the required columns only. */
    DrawingFixture counts(Row... rows) {
        return counts("year int, word string, count bigint", rows);
    }

    DrawingFixture counts(String schema, Row... rows) {
        LocalSpark.session()
                .createDataFrame(Arrays.asList(rows), StructType.fromDDL(schema))
                .write()
                .parquet(uri("counts"));
        return this;
    }

    /** Writes a mask: a dark disc on white with a wide border. */
    DrawingFixture disc(String name, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillOval(width / 8, height / 8, width * 3 / 4, height * 3 / 4);
        graphics.dispose();
        return writeImage(name, image);
    }

    DrawingFixture writeImage(String name, BufferedImage image) {
        try {
            ImageIO.write(image, "png", directory.resolve(name).toFile());
            return this;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Runs the job and returns its standard output. */
    String draw(String... flags) {
        return drawTo("out", flags);
    }

    String drawTo(String output, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("--counts", uri("counts"), "--output", uri(output)));
        arguments.addAll(List.of(flags));
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            DrawClouds.main(arguments.toArray(new String[0]));
        } finally {
            System.setOut(standardOutput);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    BufferedImage image(String name) {
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

    /** Counts pixels as dark as word pixels. */
    static long ink(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(DrawingFixture::isInk)
                .count();
    }

    static boolean isInk(int rgb) {
        return Rgb.of(rgb).luminance() < 0.7;
    }
}
