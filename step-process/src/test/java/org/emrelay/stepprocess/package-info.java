/** The step's process, run as the runner runs it. */
package org.emrelay.stepprocess;
