package org.emrelay.jobs.classification.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.jobs.learning.Ranking;
import org.emrelay.jobs.learning.Ranking.OperatingPoint;
import org.emrelay.pages.charts.CurveChart.Point;

/** The curves of one ranking. They are thinned to visually distinct points, to limit the page size. */
record RankingCurves(Ranking ranking) {
    private static final double MIN_DISTANCE = 0.004;

    /** The ROC curve: recall by false positive rate. */
    List<Point> roc() {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0, 0));
        for (OperatingPoint operatingPoint : ranking.operatingPoints()) {
            points.add(new Point(
                    operatingPoint.falsePositives() / (double) ranking.negatives(), recall(operatingPoint), 0));
        }
        return thinned(points);
    }

    /** The precision-recall curve as steps, matching the definition of average precision. */
    List<Point> precisionRecall() {
        List<Point> points = new ArrayList<>();
        double previous = 0;
        for (OperatingPoint operatingPoint : ranking.operatingPoints()) {
            double precision = operatingPoint.truePositives() / (double) predictedPositives(operatingPoint);
            points.add(new Point(previous, precision, 0));
            points.add(new Point(recall(operatingPoint), precision, 0));
            previous = recall(operatingPoint);
        }
        return thinned(points);
    }

    /** The cumulative gains curve: recall by the share of top-ranked rows. */
    List<Point> gains() {
        return thinned(fullGains());
    }

    /** The lift of the top-ranked fraction: its precision relative to the base rate. */
    double lift(double fraction) {
        return interpolate(fullGains(), fraction) / fraction;
    }

    private List<Point> fullGains() {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0, 0));
        double rows = ranking.positives() + ranking.negatives();
        for (OperatingPoint operatingPoint : ranking.operatingPoints()) {
            points.add(new Point(predictedPositives(operatingPoint) / rows, recall(operatingPoint), 0));
        }
        return points;
    }

    private static double interpolate(List<Point> curve, double x) {
        Point previous = curve.get(0);
        for (Point point : curve) {
            if (point.x() >= x) {
                double width = point.x() - previous.x();
                double ratio = width == 0 ? 1 : (x - previous.x()) / width;
                return previous.y() + ratio * (point.y() - previous.y());
            }
            previous = point;
        }
        return previous.y();
    }

    private static long predictedPositives(OperatingPoint operatingPoint) {
        return operatingPoint.truePositives() + operatingPoint.falsePositives();
    }

    private double recall(OperatingPoint operatingPoint) {
        return operatingPoint.truePositives() / (double) ranking.positives();
    }

    private static List<Point> thinned(List<Point> points) {
        List<Point> thinned = new ArrayList<>();
        Point last = points.get(0);
        thinned.add(last);
        for (Point point : points) {
            boolean isDistinct = Math.abs(point.x() - last.x()) + Math.abs(point.y() - last.y()) >= MIN_DISTANCE;
            if (isDistinct) {
                thinned.add(point);
                last = point;
            }
        }
        thinned.add(points.get(points.size() - 1));
        return thinned;
    }
}
