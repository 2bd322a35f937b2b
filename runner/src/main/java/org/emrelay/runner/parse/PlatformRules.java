package org.emrelay.runner.parse;

/**
 * What a platform demands of the files.
 *
 * @param showsArguments whether others can see the arguments of steps, so that they must not be secret
 * @param seesLocalFiles whether steps read and write files of this computer
 * @param usesClusterFile whether clusters are created from a cluster file, so that steps must fit its instances
 */
public record PlatformRules(boolean showsArguments, boolean seesLocalFiles, boolean usesClusterFile) {}
