/** Sample steps, well and badly behaved, each with its own main method. */
package org.emrelay.stepprocess.steps;
