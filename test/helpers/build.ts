import {execFileSync} from 'node:child_process';

/** Tests that start the program start the one that this tree makes. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], {stdio: 'inherit'});
}
