package org.emrelay.jobs.learning;

/** What a yes or no said of each row was worth: everything that is counted of it follows from these four. */
public record Confusion(long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {

    public long rows() {
        return truePositives + falsePositives + trueNegatives + falseNegatives;
    }

    public long positives() {
        return truePositives + falseNegatives;
    }

    /** Of those suspected, the share that is rightly; none where nobody is suspected. */
    public double precision() {
        return share(truePositives, truePositives + falsePositives);
    }

    /** Of those that should be suspected, the share that is. */
    public double recall() {
        return share(truePositives, positives());
    }

    public double accuracy() {
        return share(truePositives + trueNegatives, rows());
    }

    /** Of the class that is looked for. */
    public double f1() {
        return f1(truePositives, falsePositives, falseNegatives);
    }

    /** Of both classes, each with the weight of its rows; it flatters where one class is rare. */
    public double weightedF1() {
        double ofTheOthers = f1(trueNegatives, falseNegatives, falsePositives);
        double share = share(positives(), rows());
        return share * f1() + (1 - share) * ofTheOthers;
    }

    private static double f1(long right, long wronglyIn, long wronglyOut) {
        return share(2 * right, 2 * right + wronglyIn + wronglyOut);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : part / (double) whole;
    }
}
