package org.emrelay.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.jobs.charts.Curves.Point;
import org.emrelay.jobs.learning.Ranking;
import org.emrelay.jobs.learning.Ranking.Cut;

/** The curves of one ranking, as few points as the eye can tell apart: a page does not grow with the rows. */
record CurvePoints(Ranking ranking) {
    private static final double TOLD_APART = 0.004;

    /** How many positive rows are found for how many others that are named in vain. */
    List<Point> roc() {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0, 0));
        for (Cut cut : ranking.cuts()) {
            points.add(new Point(cut.falsePositives() / (double) ranking.negatives(), found(cut), 0));
        }
        return thinned(points);
    }

    /** How many of the named rows are positive, for how many that are found; by steps, as the area below is counted. */
    List<Point> precisionAndRecall() {
        List<Point> points = new ArrayList<>();
        double before = 0;
        for (Cut cut : ranking.cuts()) {
            double precision = cut.truePositives() / (double) named(cut);
            points.add(new Point(before, precision, 0));
            points.add(new Point(found(cut), precision, 0));
            before = found(cut);
        }
        return thinned(points);
    }

    /** How many positive rows are found among so many of the most suspected. */
    List<Point> gains() {
        return thinned(allGains());
    }

    /** How many times as many positive rows there are among the most suspected part of all as in all. */
    double lift(double part) {
        return at(allGains(), part) / part;
    }

    private List<Point> allGains() {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0, 0));
        double rows = ranking.positives() + ranking.negatives();
        for (Cut cut : ranking.cuts()) {
            points.add(new Point(named(cut) / rows, found(cut), 0));
        }
        return points;
    }

    private static double at(List<Point> curve, double across) {
        Point before = curve.get(0);
        for (Point point : curve) {
            if (point.across() >= across) {
                double width = point.across() - before.across();
                double way = width == 0 ? 1 : (across - before.across()) / width;
                return before.up() + way * (point.up() - before.up());
            }
            before = point;
        }
        return before.up();
    }

    private static long named(Cut cut) {
        return cut.truePositives() + cut.falsePositives();
    }

    private double found(Cut cut) {
        return cut.truePositives() / (double) ranking.positives();
    }

    private static List<Point> thinned(List<Point> points) {
        List<Point> thinned = new ArrayList<>();
        Point last = points.get(0);
        thinned.add(last);
        for (Point point : points) {
            boolean isSeen = Math.abs(point.across() - last.across()) + Math.abs(point.up() - last.up()) >= TOLD_APART;
            if (isSeen) {
                thinned.add(point);
                last = point;
            }
        }
        thinned.add(points.get(points.size() - 1));
        return thinned;
    }
}
