import DossierCommands

DossierCommand.runToExit()
